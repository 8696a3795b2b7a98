package dev.selfheal.analysis.intake;

import dev.selfheal.event.ErrorEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * An error has the time its service threw it, but never a time after the intake saw it: a service whose clock runs ahead
 * must not push the time of everybody's windows. Any other record has the time Kafka gives it.
 */
public final class EventTime implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.value() instanceof ErrorEvent event) {
            long occurred = event.getOccurredAt().toEpochMilli();
            return Math.max(0, Math.min(occurred, event.getReceivedAt().toEpochMilli()));
        }
        return record.timestamp() >= 0 ? record.timestamp() : partitionTime;
    }
}
