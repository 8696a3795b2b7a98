package dev.selfheal.ingest;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Every record of the topic of events up to where it ended when this was read, in the order of each partition. */
final class TopicAudit {

    private final List<Copy> copies;

    private TopicAudit(List<Copy> copies) {
        this.copies = copies;
    }

    /** Reads from the first offset to the last; nobody may be writing any more. */
    static TopicAudit read(KafkaClients clients, Topic<ErrorEvent> topic) {
        List<Copy> copies = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = clients.newConsumer("it", Map.of());
                Deserializer<ErrorEvent> deserializer = clients.valueDeserializer(ErrorEvent.class)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    ErrorEvent event = deserializer.deserialize(record.topic(), record.value());
                    copies.add(new Copy(record.partition(), record.timestamp(), event.getEventId()));
                }
            }
        }
        return new TopicAudit(copies);
    }

    int records() {
        return copies.size();
    }

    Set<String> ids() {
        return copies.stream().map(Copy::id).collect(Collectors.toSet());
    }

    /**
     * How often each event counts for a consumer that drops, partition by partition, an id it has seen within {@code window} of
     * stream time. A copy on another partition or beyond the window counts again.
     */
    Map<String, Integer> afterDeduplication(Duration window) {
        Map<Integer, Long> streamTimes = new HashMap<>();
        Map<Integer, Map<String, Long>> seen = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Copy copy : copies) {
            long now = streamTimes.merge(copy.partition(), copy.timestamp(), Math::max);
            Map<String, Long> ids = seen.computeIfAbsent(copy.partition(), partition -> new HashMap<>());
            Long first = ids.get(copy.id());
            if (first == null || now - first >= window.toMillis()) {
                ids.put(copy.id(), now);
                counts.merge(copy.id(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private record Copy(int partition, long timestamp, String id) {}
}
