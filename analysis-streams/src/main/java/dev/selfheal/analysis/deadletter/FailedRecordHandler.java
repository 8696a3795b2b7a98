package dev.selfheal.analysis.deadletter;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A record that a step fails on goes to the dead-letter topic of its source; an outage fails the task, which tries again. */
public final class FailedRecordHandler implements ProcessingExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailedRecordHandler.class);

    private DeadLetters deadLetters = new DeadLetters(Map.of());

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetters = new DeadLetters(settings);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        // A punctuation has no topic. A tombstone has no bytes and is a record all the same.
        if (Outages.isOutage(failure) || context.topic() == null) {
            LOG.error("step {} failed", context.processorNodeId(), failure);
            return Response.fail();
        }
        LOG.error(
                "step {} failed on {}-{} offset {}, it becomes a dead letter",
                context.processorNodeId(),
                context.topic(),
                context.partition(),
                context.offset(),
                failure);
        return Response.resume(deadLetters
                .letter(context, context.sourceRawKey(), context.sourceRawValue(), failure)
                .map(List::of)
                .orElseGet(List::of));
    }
}
