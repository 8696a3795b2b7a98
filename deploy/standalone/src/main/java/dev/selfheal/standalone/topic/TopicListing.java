package dev.selfheal.standalone.topic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.standalone.client.ClientConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Which topics of an installation there are, and how much is on them. */
public final class TopicListing {

    private final ClientConfig config;

    public TopicListing(ClientConfig config) {
        this.config = config;
    }

    /** One object of JSON for each topic of the contract and each topic of dead letters, in the contract's order. */
    public List<ObjectNode> all() throws TopicException {
        try (Consumer<byte[], byte[]> consumer = TopicConsumer.open(config)) {
            Map<String, List<PartitionInfo>> existing = consumer.listTopics();
            List<TopicPartition> partitions = ReadableTopic.all(config.topics()).stream()
                    .flatMap(topic -> existing.getOrDefault(topic.name(), List.of()).stream())
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            Offsets offsets = new Offsets(consumer.beginningOffsets(partitions), consumer.endOffsets(partitions));
            return ReadableTopic.all(config.topics()).stream()
                    .map(topic -> row(topic, Optional.ofNullable(existing.get(topic.name())), offsets))
                    .toList();
        } catch (KafkaException e) {
            throw TopicConsumer.unanswered(config, e);
        }
    }

    private static ObjectNode row(ReadableTopic topic, Optional<List<PartitionInfo>> partitions, Offsets offsets) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("topic", topic.name())
                .put("value", topic.origin().type().getSimpleName());
        if (partitions.isEmpty()) {
            return row.put("missing", true);
        }
        return row.put("partitions", partitions.get().size()).put("records", offsets.of(topic.name()));
    }

    private record Offsets(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {

        /** How many records at most: compaction and the marks of transactions leave gaps. */
        long of(String topic) {
            return ends.entrySet().stream()
                    .filter(end -> end.getKey().topic().equals(topic))
                    .mapToLong(end -> end.getValue() - beginnings.getOrDefault(end.getKey(), 0L))
                    .sum();
        }
    }
}
