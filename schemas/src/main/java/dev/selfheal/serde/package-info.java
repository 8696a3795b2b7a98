/**
 * Avro in the Confluent wire format (magic byte 0, four-byte schema id, Avro binary) on plain Avro, with Confluent's
 * configuration keys: {@code schema.registry.url}, {@code auto.register.schemas}, {@code specific.avro.reader}.
 */
package dev.selfheal.serde;
