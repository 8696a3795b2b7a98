package dev.selfheal.analysis.intake;

import dev.selfheal.event.ErrorEvent;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * An error has the time its service threw it, but never a time after the intake saw it: a service whose clock runs ahead
 * must not push the time of everybody's windows. Any other record has the time Kafka gives it.
 */
public final class EventTime implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.value() instanceof IncomingError error) {
            return earlier(error.head().getOccurredAt(), error.head().getReceivedAt());
        }
        if (record.value() instanceof ErrorEvent event) {
            return earlier(event.getOccurredAt(), event.getReceivedAt());
        }
        return record.timestamp() >= 0 ? record.timestamp() : partitionTime;
    }

    private static long earlier(Instant occurred, Instant received) {
        return Math.max(0, Math.min(occurred.toEpochMilli(), received.toEpochMilli()));
    }
}
