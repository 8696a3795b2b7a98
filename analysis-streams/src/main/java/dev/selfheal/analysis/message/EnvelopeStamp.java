package dev.selfheal.analysis.message;

import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Puts the headers of an envelope on records that are about no case; the headers they carry name their cause. What only
 * removes a key is no message and has no envelope.
 */
public final class EnvelopeStamp<T extends SpecificRecord> implements FixedKeyProcessor<String, T, T> {

    private FixedKeyProcessorContext<String, T> context;

    @Override
    public void init(FixedKeyProcessorContext<String, T> taskContext) {
        context = taskContext;
    }

    @Override
    public void process(FixedKeyRecord<String, T> record) {
        if (record.value() == null) {
            context.forward(record.withHeaders(new RecordHeaders()));
            return;
        }
        Instant at = Instant.ofEpochMilli(record.timestamp());
        context.forward(record.withHeaders(
                Cause.of(record.headers()).headers(record.value(), record.key(), Optional.empty(), 0, at)));
    }
}
