package dev.selfheal.analysis.deadletter;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes that are no record of their topic go to its dead-letter topic; when the registry is away the task fails and tries again. */
public final class PoisonRecordHandler implements DeserializationExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PoisonRecordHandler.class);

    private DeadLetters deadLetters = new DeadLetters(Map.of());

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetters = new DeadLetters(settings);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception failure) {
        if (Outages.isOutage(failure)) {
            LOG.warn(
                    "{}-{} offset {} cannot be read now: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    failure.toString());
            return Response.fail();
        }
        LOG.warn(
                "{}-{} offset {} is no record of its topic, it becomes a dead letter: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                failure.toString());
        return Response.resume(deadLetters
                .letter(context, record.key(), record.value(), failure)
                .map(List::of)
                .orElseGet(List::of));
    }
}
