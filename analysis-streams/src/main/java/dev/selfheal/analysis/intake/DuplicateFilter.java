package dev.selfheal.analysis.intake;

import java.time.Duration;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Lets each id through once within a window of stream time; see {@link RecentIds} for what is remembered.
 *
 * <p>An id is remembered before anybody knows whether its record can be processed. So a dead letter that is sent again, which
 * Kafka's error headers tell, is let through whatever was seen, each letter once.
 */
public final class DuplicateFilter<V> implements FixedKeyProcessor<String, V, V> {

    private final String storeName;
    private final Duration window;
    private final int mostIds;
    private final Identity<V> identity;
    private FixedKeyProcessorContext<String, V> context;
    private RecentIds seen;

    /**
     * @param storeName of a key-value store of bytes
     * @param mostIds remembered for the whole of a window
     */
    public DuplicateFilter(String storeName, Duration window, int mostIds, Identity<V> identity) {
        this.storeName = storeName;
        this.window = window;
        this.mostIds = mostIds;
        this.identity = identity;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, V> taskContext) {
        context = taskContext;
        seen = new RecentIds(taskContext.getStateStore(storeName), window, mostIds);
    }

    /**
     * Forwards it when it is new.
     *
     * @throws SerializationException when it is not under its own key
     */
    @Override
    public void process(FixedKeyRecord<String, V> record) {
        long now = context.currentStreamTimeMs();
        String id = identity.of(record.key(), record.value());
        boolean isNew = seen.add(id, now);
        boolean isNewLetter = DeadLetterPlace.of(record.headers())
                .filter(place -> seen.add(id + ' ' + place, now))
                .isPresent();
        if (isNew || isNewLetter) {
            context.forward(record);
        }
    }
}
