/** A real Kafka broker and a small schema registry on loopback, for the standalone command and for tests. */
package dev.selfheal.embedded;
