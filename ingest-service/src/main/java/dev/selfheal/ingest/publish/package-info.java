/** From a draft to a record that Kafka or the spool has: one path for every protocol, and what it answers. */
package dev.selfheal.ingest.publish;
