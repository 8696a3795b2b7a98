/**
 * What a service runs on: life cycle, Kafka clients, the worker loop with its dead-letter topic, and a compacted topic as
 * a table. No domain logic.
 */
package dev.selfheal.runtime;
