package dev.selfheal.analysis.intake;

import dev.selfheal.event.ErrorEvent;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Lets each event id through once within a window of stream time; see {@link RecentIds} for what is remembered. */
public final class DuplicateFilter implements FixedKeyProcessor<String, ErrorEvent, ErrorEvent> {

    private final String storeName;
    private final Duration window;
    private final int mostIds;
    private FixedKeyProcessorContext<String, ErrorEvent> context;
    private RecentIds seen;

    /**
     * @param storeName of a key-value store of bytes
     * @param mostIds remembered for the whole of a window
     */
    public DuplicateFilter(String storeName, Duration window, int mostIds) {
        this.storeName = storeName;
        this.window = window;
        this.mostIds = mostIds;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, ErrorEvent> taskContext) {
        context = taskContext;
        seen = new RecentIds(taskContext.getStateStore(storeName), window, mostIds);
    }

    @Override
    public void process(FixedKeyRecord<String, ErrorEvent> record) {
        if (seen.add(record.value().getEventId(), context.currentStreamTimeMs())) {
            context.forward(record);
        }
    }
}
