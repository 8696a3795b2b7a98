package dev.selfheal.analysis.intake;

import dev.selfheal.event.ErrorEvent;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Lets each event id through once within a window of event time; the store forgets older ids by whole segments, so its
 * size is bounded by the rate of errors.
 */
public final class DuplicateFilter implements FixedKeyProcessor<String, ErrorEvent, ErrorEvent> {

    private final String storeName;
    private final Duration window;
    private FixedKeyProcessorContext<String, ErrorEvent> context;
    private WindowStore<String, String> seen;

    public DuplicateFilter(String storeName, Duration window) {
        this.storeName = storeName;
        this.window = window;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, ErrorEvent> taskContext) {
        context = taskContext;
        seen = taskContext.getStateStore(storeName);
    }

    @Override
    public void process(FixedKeyRecord<String, ErrorEvent> record) {
        String id = record.value().getEventId();
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
