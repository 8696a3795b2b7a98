/** CloudEvents 1.0 in Kafka binary mode: attributes in {@code ce_*} headers, the typed record as the value. */
package dev.selfheal.envelope;
