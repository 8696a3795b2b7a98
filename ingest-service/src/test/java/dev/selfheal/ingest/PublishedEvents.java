package dev.selfheal.ingest;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;

/** What is in the {@code error-events} topic of a real broker. */
final class PublishedEvents {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final KafkaClients clients;
    private final Topic<ErrorEvent> topic;

    PublishedEvents(KafkaClients clients, Topic<ErrorEvent> topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /** The events wanted, as soon as there is one; empty when none came in time. */
    List<ErrorEvent> await(Predicate<ErrorEvent> wanted) {
        Instant end = Instant.now().plus(LIMIT);
        List<ErrorEvent> found = List.of();
        while (found.isEmpty() && Instant.now().isBefore(end)) {
            found = records().stream().map(this::value).filter(wanted).toList();
        }
        return found;
    }

    /** Where Java's clients put a key, and Streams looks for it. */
    int partitionOf(String key) {
        try (Consumer<byte[], byte[]> consumer = clients.newConsumer("it", Map.of())) {
            int partitions = consumer.partitionsFor(topic.name()).size();
            return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
        }
    }

    /** Everything that was in the topic when it was asked. */
    List<ConsumerRecord<byte[], byte[]>> records() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = clients.newConsumer("it", Map.of())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    ErrorEvent value(ConsumerRecord<byte[], byte[]> record) {
        try (Deserializer<ErrorEvent> deserializer = clients.valueDeserializer(ErrorEvent.class)) {
            return deserializer.deserialize(record.topic(), record.headers(), record.value());
        }
    }
}
