package dev.selfheal.analysis.intake;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Refuses what is missing. On topics where every record has a key and a value, one without is poison like bytes that cannot
 * be read, and goes the same way; no step behind a source meets null.
 */
public final class RequiredDeserializer<T> implements Deserializer<T> {

    private final String part;
    private final Deserializer<T> present;

    /**
     * @param part key or value, for the message
     * @param present reads what is there
     */
    public RequiredDeserializer(String part, Deserializer<T> present) {
        this.part = part;
        this.present = present;
    }

    /**
     * As the deserializer within.
     *
     * @throws SerializationException when there is nothing to read
     */
    @Override
    public T deserialize(String topic, byte[] bytes) {
        return present.deserialize(topic, required(topic, bytes));
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] bytes) {
        return present.deserialize(topic, headers, required(topic, bytes));
    }

    private byte[] required(String topic, byte[] bytes) {
        if (bytes == null) {
            throw new SerializationException("a record of " + topic + " has no " + part);
        }
        return bytes;
    }

    @Override
    public void close() {
        present.close();
    }
}
