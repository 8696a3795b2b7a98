package dev.selfheal.analysis.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Lets each id through once within a window of event time; the store forgets older ids by whole segments, so its size is
 * bounded by the rate of records.
 */
public final class DuplicateFilter<V> implements FixedKeyProcessor<String, V, V> {

    private final String storeName;
    private final Duration window;
    private final Function<V, String> idOf;
    private FixedKeyProcessorContext<String, V> context;
    private WindowStore<String, String> seen;

    public DuplicateFilter(String storeName, Duration window, Function<V, String> idOf) {
        this.storeName = storeName;
        this.window = window;
        this.idOf = idOf;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, V> taskContext) {
        context = taskContext;
        seen = taskContext.getStateStore(storeName);
    }

    @Override
    public void process(FixedKeyRecord<String, V> record) {
        String id = idOf.apply(record.value());
        Instant at = Instant.ofEpochMilli(record.timestamp());
        Instant from = at.isBefore(Instant.EPOCH.plus(window)) ? Instant.EPOCH : at.minus(window);
        try (WindowStoreIterator<String> earlier = seen.fetch(id, from, at.plus(window))) {
            if (earlier.hasNext()) {
                return;
            }
        }
        seen.put(id, "", record.timestamp());
        context.forward(record);
    }
}
