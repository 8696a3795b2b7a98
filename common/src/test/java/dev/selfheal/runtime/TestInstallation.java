package dev.selfheal.runtime;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.Decision;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** One installation with its own topics on a shared cluster, and what a test does with it. */
final class TestInstallation {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Topics topics;
    final KafkaClients clients;
    final Map<String, String> settings;

    TestInstallation(LocalCluster cluster, String prefix, Map<String, String> settings) {
        topics = new Topics(prefix);
        cluster.createTopics(topics);
        this.settings = new HashMap<>(Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                ServiceConfig.TOPIC_PREFIX, prefix));
        this.settings.putAll(settings);
        clients = new KafkaClients(new ServiceConfig(ServiceConfig.base(), this.settings));
    }

    static ReviewDecision decision(String caseId) {
        return new ReviewDecision(caseId, "v1:0", Decision.APPROVE, "ann", "", NOW);
    }

    /** The answer of the tests' handlers: an alert about the same case. */
    Outgoing<Alert> answerTo(Envelope<ReviewDecision> message) {
        return answerTo(topics, message);
    }

    static Outgoing<Alert> answerTo(Topics topics, Envelope<ReviewDecision> message) {
        String caseId = message.data().getCaseId();
        Alert alert = new Alert("a-" + caseId, "Decided", AlertLevel.INFO, caseId, "", NOW);
        return new Outgoing<>(topics.alerts(), message.answer("/test", caseId, NOW, caseId, 1, alert));
    }

    void decide(String... caseIds) throws InterruptedException {
        try (MessagePublisher publisher = new MessagePublisher(clients, "test")) {
            List<Outgoing<?>> messages = new ArrayList<>();
            for (String caseId : caseIds) {
                messages.add(new Outgoing<>(
                        topics.reviewDecisions(), Envelope.first("/test", caseId, NOW, decision(caseId))));
            }
            publisher.publishAll(messages);
        }
    }

    void put(String topic, int partition, byte[] key, byte[] value) {
        try (Producer<byte[], byte[]> producer = clients.newProducer("test-raw")) {
            Future<?> unused = producer.send(new ProducerRecord<>(topic, partition, key, value));
        }
    }

    /** The subjects of the alerts, once there are this many. */
    List<String> alertsOnceThereAre(int count) {
        try (var deserializer = clients.valueDeserializer(Alert.class)) {
            return recordsOnceThereAre(topics.alerts().name(), count).stream()
                    .map(record -> deserializer
                            .deserialize(record.topic(), record.value())
                            .getSubject())
                    .toList();
        }
    }

    List<ConsumerRecord<byte[], byte[]>> recordsOnceThereAre(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Consumer<byte[], byte[]> consumer = fromTheBeginning(topic, Map.of())) {
            while (records.size() < count) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("got " + records.size() + " of " + count + " records of " + topic);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** How many records there are for a reader to whom a transaction's end means nothing. */
    int uncommittedToo(String topic) {
        try (Consumer<byte[], byte[]> consumer =
                fromTheBeginning(topic, Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted"))) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            int records = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                records += consumer.poll(Duration.ofMillis(100)).count();
            }
            return records;
        }
    }

    private Consumer<byte[], byte[]> fromTheBeginning(String topic, Map<String, Object> settings) {
        Consumer<byte[], byte[]> consumer = clients.newConsumer("test-reader", settings);
        List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** Sum over the partitions of what the group has committed. */
    long committed(String group, Topic<?> topic) {
        try (Consumer<byte[], byte[]> consumer = clients.newConsumer("test-offsets", Map.of("group.id", group))) {
            return consumer
                    .committed(Set.of(new TopicPartition(topic.name(), 0), new TopicPartition(topic.name(), 1)))
                    .values()
                    .stream()
                    .mapToLong(position -> position == null ? 0 : position.offset())
                    .sum();
        }
    }
}
