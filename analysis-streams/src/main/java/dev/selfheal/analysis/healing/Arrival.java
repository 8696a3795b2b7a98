package dev.selfheal.analysis.healing;

import java.time.Instant;
import java.util.function.BiFunction;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Answers with the time they were published, which is their record's and not when they are read. */
public final class Arrival<T> implements FixedKeyProcessor<String, T, CaseInput> {

    private final BiFunction<T, Instant, CaseInput> input;
    private FixedKeyProcessorContext<String, CaseInput> context;

    public Arrival(BiFunction<T, Instant, CaseInput> input) {
        this.input = input;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, CaseInput> taskContext) {
        context = taskContext;
    }

    @Override
    public void process(FixedKeyRecord<String, T> record) {
        Instant publishedAt = Instant.ofEpochMilli(record.timestamp());
        context.forward(record.withValue(input.apply(record.value(), publishedAt)));
    }
}
