package dev.selfheal.analysis.table;

import dev.selfheal.analysis.deadletter.Outages;
import dev.selfheal.runtime.RecordKey;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.metrics.Sensor;
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
 * the key; one that cannot be read, or is not under its own key, changes nothing: the key keeps its last good value, unless
 * there is a substitute for values that cannot be read. Such a record is logged and counted by Kafka Streams' metric
 * {@code ignored-records-total}. Nothing in a record ends the global thread, because Kafka Streams would end the service
 * with it; while the registry is away the table stays as it is and that thread waits.
 *
 * <p>Values come as bytes: a deserializer could say only null of both, the removed and the unreadable. There is no dead
 * letter, because Kafka 4.3 cannot send any from its global thread.
 */
public final class TableProcessor<T> implements Processor<String, byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(TableProcessor.class);

    private final String storeName;
    private final Deserializer<T> values;
    private final Function<T, String> keyOf;
    private final OutageWait outages;
    private final Function<String, Optional<T>> substitutes;
    private ProcessorContext<Void, Void> context;
    private TimestampedKeyValueStore<String, T> store;
    private Sensor ignored;

    /**
     * @param storeName of a {@link TimestampedKeyValueStore} with string keys
     * @param keyOf the key a value asks for
     * @param substitutes what takes the place of a value that cannot be read, by its key; empty keeps the last good value.
     *     Fails on a key that is none
     */
    public TableProcessor(
            String storeName,
            Deserializer<T> values,
            Function<T, String> keyOf,
            OutageWait outages,
            Function<String, Optional<T>> substitutes) {
        this.storeName = storeName;
        this.values = values;
        this.keyOf = keyOf;
        this.outages = outages;
        this.substitutes = substitutes;
    }

    @Override
    public void init(ProcessorContext<Void, Void> globalContext) {
        context = globalContext;
        store = globalContext.getStateStore(storeName);
        ignored = globalContext
                .metrics()
                .addRateTotalSensor("table", storeName, "ignored-records", Sensor.RecordingLevel.INFO);
    }

    /**
     * Takes the record in, however long that takes.
     *
     * @throws InterruptException when the thread is told to stop while it waits
     */
    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() == null) {
            ignore("it has no key");
        } else if (record.value() == null) {
            store.delete(record.key());
        } else {
            // Writing asks the registry as well, for the id of our own schema.
            outages.during("table " + storeName, () -> take(record));
        }
    }

    /** Goes on after everything but an outage: whatever else fails here fails for what is in the record. */
    private void take(Record<String, byte[]> record) {
        try {
            T value = read(record);
            RecordKey.require(record.key(), keyOf.apply(value));
            store.put(record.key(), ValueAndTimestamp.make(value, record.timestamp()));
        } catch (RuntimeException e) {
            if (Outages.isOutage(e)) {
                throw e;
            }
            ignore(record.key() + " keeps its last good value: " + e);
        }
    }

    /** The value, or what takes its place. */
    private T read(Record<String, byte[]> record) {
        String topic = context.recordMetadata().map(RecordMetadata::topic).orElse(storeName);
        try {
            return values.deserialize(topic, record.headers(), record.value());
        } catch (SerializationException e) {
            T substitute = substitutes.apply(record.key()).orElseThrow(() -> e);
            ignore(record.key() + " is taken for unreadable: " + e);
            return substitute;
        }
    }

    private void ignore(String why) {
        ignored.record();
        String record = context.recordMetadata()
                .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
                .orElse(storeName);
        LOG.error("{} is ignored: {}", record, why);
    }
}
