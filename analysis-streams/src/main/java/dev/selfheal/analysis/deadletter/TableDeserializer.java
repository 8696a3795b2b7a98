package dev.selfheal.analysis.deadletter;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For tables of a global topic: a value that cannot be read is no value, so the scope has no policy or no breaker until
 * the next record. Kafka 4.3 cannot send dead letters from its global thread (it dies of a class cast trying), and a
 * restore would put the same bytes into the store unread; so the poison is taken out here.
 */
public final class TableDeserializer<T> implements Deserializer<T> {

    private static final Logger LOG = LoggerFactory.getLogger(TableDeserializer.class);

    private final Deserializer<T> values;

    public TableDeserializer(Deserializer<T> values) {
        this.values = values;
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        return deserialize(topic, null, bytes);
    }

    /** An outage of the registry is thrown on: it says nothing about the value. */
    @Override
    public T deserialize(String topic, Headers headers, byte[] bytes) {
        try {
            return values.deserialize(topic, headers, bytes);
        } catch (SerializationException e) {
            LOG.warn("a value on {} cannot be read and counts as removed: {}", topic, e.toString());
            return null;
        }
    }

    @Override
    public void close() {
        values.close();
    }
}
