/**
 * A real Kafka broker and a small schema registry on loopback, for the standalone command and for tests. Nothing here is
 * for production: one node, no replication, no security.
 */
package dev.selfheal.embedded;
