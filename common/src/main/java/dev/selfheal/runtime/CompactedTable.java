package dev.selfheal.runtime;

import dev.selfheal.topic.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** A compacted topic held in memory and kept up to date: the newest value per key. Thread-safe. */
public final class CompactedTable<T extends SpecificRecord> implements AutoCloseable {

    public CompactedTable(KafkaClients clients, Topic<T> topic) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Returns when everything that was in the topic at the time of the call has been read. */
    public void start() {}

    public Optional<T> get(String key) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
