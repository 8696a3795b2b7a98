/** Errors in as JSON on a Kafka topic: converted one by one, committed only when the event is published. */
package dev.selfheal.ingest.topic;
