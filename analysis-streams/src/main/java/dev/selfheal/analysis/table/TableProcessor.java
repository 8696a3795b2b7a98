package dev.selfheal.analysis.table;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a global store as {@code CompactedTable} keeps its map: the newest value per key. A record without a value removes
 * the key; one that cannot be read changes nothing, the key keeps its last good value, unless there is a substitute for
 * such values. While the registry is away the
 * table stays as it is and the global thread waits, because Kafka Streams would end the service with it.
 *
 * <p>Values come as bytes: a deserializer could say only null of both, the removed and the unreadable. There is no dead
 * letter, because Kafka 4.3 cannot send any from its global thread.
 */
public final class TableProcessor<T> implements Processor<String, byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(TableProcessor.class);

    private final String storeName;
    private final Deserializer<T> values;
    private final OutageWait outages;
    private final Function<String, Optional<T>> substitutes;
    private ProcessorContext<Void, Void> context;
    private TimestampedKeyValueStore<String, T> store;

    /**
     * @param storeName of a {@link TimestampedKeyValueStore} with string keys
     */
    public TableProcessor(String storeName, Deserializer<T> values, OutageWait outages) {
        this(storeName, values, outages, key -> Optional.empty());
    }

    /**
     * @param substitutes what takes the place of a value that cannot be read, by its key; empty keeps the last good value
     */
    public TableProcessor(
            String storeName, Deserializer<T> values, OutageWait outages, Function<String, Optional<T>> substitutes) {
        this.storeName = storeName;
        this.values = values;
        this.outages = outages;
        this.substitutes = substitutes;
    }

    @Override
    public void init(ProcessorContext<Void, Void> globalContext) {
        context = globalContext;
        store = globalContext.getStateStore(storeName);
    }

    /**
     * Takes the record in, however long that takes.
     *
     * @throws InterruptException when the thread is told to stop while it waits
     */
    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() == null) {
            ignored("it has no key");
        } else if (record.value() == null) {
            store.delete(record.key());
        } else {
            // Writing asks the registry as well, for the id of our own schema.
            outages.during("table " + storeName, () -> put(record));
        }
    }

    private void put(Record<String, byte[]> record) {
        try {
            String topic = context.recordMetadata().map(RecordMetadata::topic).orElse(storeName);
            T value = values.deserialize(topic, record.headers(), record.value());
            store.put(record.key(), ValueAndTimestamp.make(value, record.timestamp()));
        } catch (SerializationException e) {
            Optional<T> substitute = substitutes.apply(record.key());
            substitute.ifPresent(value -> store.put(record.key(), ValueAndTimestamp.make(value, record.timestamp())));
            String instead = substitute.isPresent() ? " is taken for unreadable: " : " keeps its last good value: ";
            ignored("it cannot be read, " + record.key() + instead + e);
        }
    }

    private void ignored(String why) {
        String record = context.recordMetadata()
                .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
                .orElse(storeName);
        LOG.error("{} is ignored: {}", record, why);
    }
}
