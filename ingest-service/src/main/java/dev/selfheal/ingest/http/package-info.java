/**
 * The HTTP surface of every protocol: who may send how much, reading bodies within limits, and answers that say what to do in
 * the words of the protocol.
 */
package dev.selfheal.ingest.http;
