package dev.selfheal.envelope;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record stands in Kafka. Identifies it for as long as the topic is not recreated. */
public record RecordPosition(String topic, int partition, long offset) {

    public static RecordPosition of(ConsumerRecord<?, ?> record) {
        return new RecordPosition(record.topic(), record.partition(), record.offset());
    }

    /** For example {@code selfheal.error-events-0-42}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
