package dev.selfheal.analysis.deadletter;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that can never be published is left out, and the record it was made from goes to the dead-letter topic of its
 * source. Whatever else keeps a record from its topic fails the task as it does by default: outages, fencing, rights.
 */
public final class UnpublishedRecordHandler implements ProductionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(UnpublishedRecordHandler.class);

    private DeadLetters deadLetters = new DeadLetters(Map.of());

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetters = new DeadLetters(settings);
    }

    /**
     * The producer gave up on it. Under exactly-once its transaction is lost with it, so records that are too large must
     * be refused before they come here: {@link BoundedSerializer}.
     */
    @Override
    public Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
        return leaveOut(context, record.topic(), failure);
    }

    @Override
    @SuppressWarnings("rawtypes") // Kafka's signature: the record could not become bytes, its types are anyone's guess
    public Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception failure,
            SerializationExceptionOrigin origin) {
        return leaveOut(context, record.topic(), failure);
    }

    private Response leaveOut(ErrorHandlerContext context, String target, Exception failure) {
        if (Outages.isOutage(failure) || !isFaultOfRecord(failure)) {
            LOG.error("step {} cannot publish to {}", context.processorNodeId(), target, failure);
            return Response.fail();
        }
        if (context.topic() == null || context.sourceRawValue() == null) {
            // Made as time passed, of no record: failing would meet it again at the next tick, for ever.
            LOG.error(
                    "step {} made a record that {} cannot take, it is lost",
                    context.processorNodeId(),
                    target,
                    failure);
            return Response.resume();
        }
        LOG.error(
                "{} cannot take what step {} made of {}-{} offset {}, which becomes a dead letter",
                target,
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

    private static boolean isFaultOfRecord(Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof SerializationException;
    }
}
