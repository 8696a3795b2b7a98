package dev.selfheal.analysis.deadletter;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Refuses values that no broker would take. The producer would refuse them as well, but under exactly-once that loses the
 * transaction and whatever dead letter is in it; refused here, the transaction goes on.
 */
public final class BoundedSerializer<T> implements Serializer<T> {

    /** Below the 1 MiB that a broker takes by default, by what key, headers and batch may need. */
    public static final int MAX_BYTES = (1 << 20) - (64 << 10);

    private final Serializer<T> values;

    public BoundedSerializer(Serializer<T> values) {
        this.values = values;
    }

    @Override
    public byte[] serialize(String topic, T value) {
        return bounded(topic, values.serialize(topic, value));
    }

    /**
     * As the serializer within.
     *
     * @throws RecordTooLargeException above {@link #MAX_BYTES}, before compression
     */
    @Override
    public byte[] serialize(String topic, Headers headers, T value) {
        return bounded(topic, values.serialize(topic, headers, value));
    }

    private static byte[] bounded(String topic, byte[] bytes) {
        if (bytes != null && bytes.length > MAX_BYTES) {
            throw new RecordTooLargeException(
                    "a value of " + bytes.length + " bytes for " + topic + ", at most " + MAX_BYTES + " are taken");
        }
        return bytes;
    }

    @Override
    public void close() {
        values.close();
    }
}
