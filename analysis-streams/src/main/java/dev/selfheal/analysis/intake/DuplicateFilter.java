package dev.selfheal.analysis.intake;

import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Lets each id through once within a window of stream time; see {@link RecentIds} for what is remembered. */
public final class DuplicateFilter<V> implements FixedKeyProcessor<String, V, V> {

    private final String storeName;
    private final Duration window;
    private final int mostIds;
    private final Function<V, String> idOf;
    private FixedKeyProcessorContext<String, V> context;
    private RecentIds seen;

    /**
     * @param storeName of a key-value store of bytes
     * @param mostIds remembered for the whole of a window
     */
    public DuplicateFilter(String storeName, Duration window, int mostIds, Function<V, String> idOf) {
        this.storeName = storeName;
        this.window = window;
        this.mostIds = mostIds;
        this.idOf = idOf;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, V> taskContext) {
        context = taskContext;
        seen = new RecentIds(taskContext.getStateStore(storeName), window, mostIds);
    }

    @Override
    public void process(FixedKeyRecord<String, V> record) {
        if (seen.add(idOf.apply(record.value()), context.currentStreamTimeMs())) {
            context.forward(record);
        }
    }
}
