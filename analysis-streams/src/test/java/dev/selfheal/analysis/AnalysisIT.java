package dev.selfheal.analysis;

import static dev.selfheal.analysis.Samples.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.deadletter.BoundedSerializer;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The service against a real broker, exactly-once. */
class AnalysisIT {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static LocalCluster cluster;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private AnalysisConfig config;
    private KafkaClients clients;
    private Producer<byte[], byte[]> producer;
    private AnalysisService service;

    @BeforeAll
    static void startCluster() {
        cluster = LocalCluster.start(folder.resolve("kafka"), new Topics("first."));
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void start(TestInfo test) {
        String prefix = test.getDisplayName().replaceAll("\\W", "") + ".";
        cluster.createTopics(new Topics(prefix));
        config = config(prefix);
        clients = new KafkaClients(config);
        producer = clients.newProducer("test");
        service = newService();
        service.start();
    }

    @AfterEach
    void stop() {
        service.close();
        producer.close();
    }

    @Test
    void shouldRequestAndFollowCaseToApproved() {
        publish(config.topics().policies(), policy());
        publish(config.topics().errorEvents(), event("e1"));
        HealingRequest request = await(config.topics().healingRequests(), r -> true);

        publish(config.topics().patchProposals(), proposal(request));
        publish(
                config.topics().approvedPatches(),
                Samples.verdict(request, VerdictKind.APPROVED, now.plusSeconds(2))
                        .build());

        HealingCase approved = await(config.topics().healingCases(), c -> c.getState() == CaseState.APPROVED);
        assertThat(approved.getCaseId()).isEqualTo(request.getCaseId());
        assertThat(service.health().ready()).isTrue();
    }

    @Test
    void shouldSendPoisonOfAnyTopicToItsDeadLettersAndGoOn() {
        byte[] poison = "not avro".getBytes(StandardCharsets.UTF_8);
        Topics topics = config.topics();
        List<Topic<?>> inputs = List.of(
                topics.errorEvents(),
                topics.patchProposals(),
                topics.approvedPatches(),
                topics.rejectedPatches(),
                topics.patchesForReview(),
                topics.reviewDecisions(),
                topics.deployments());
        inputs.forEach(topic -> send(topic.name(), GROUP, poison));

        for (Topic<?> topic : inputs) {
            ConsumerRecord<byte[], byte[]> letter = awaitBytes(topic.deadLetterName());
            assertThat(letter.value()).isEqualTo(poison);
            assertThat(letter.headers().lastHeader("__streams.errors.topic").value())
                    .isEqualTo(key(topic.name()));
        }
        publish(topics.policies(), policy());
        publish(topics.errorEvents(), event("e1"));
        assertThat(await(topics.healingRequests(), r -> true).getAttempt()).isEqualTo(1);
    }

    @Test
    void shouldSendSourceToDeadLettersAndGoOnWhenWhatIsMadeOfItIsTooLarge() {
        publish(config.topics().policies(), policy());
        publish(config.topics().errorEvents(), event("e1"));
        HealingRequest request = await(config.topics().healingRequests(), r -> true);
        Topic<PatchProposal> proposals = config.topics().patchProposals();
        publish(
                proposals,
                Samples.nothingFound(request, now.plusSeconds(1))
                        .setReason("x".repeat(BoundedSerializer.MAX_BYTES))
                        .build());
        publish(proposals, proposal(request));

        assertThat(await(config.topics().healingCases(), c -> c.getState() == CaseState.PROPOSED)
                        .getCaseId())
                .isEqualTo(request.getCaseId());
        assertThat(awaitBytes(proposals.deadLetterName()).value()).hasSizeGreaterThan(BoundedSerializer.MAX_BYTES);
    }

    @Test
    void shouldGoOnWhenAPolicyIsPoison() {
        send(config.topics().policies().name(), Samples.SERVICE, key("not avro"));
        publish(config.topics().policies(), policy());
        publish(config.topics().errorEvents(), event("e1"));

        assertThat(await(config.topics().healingRequests(), r -> true).getService())
                .isEqualTo(Samples.SERVICE);
    }

    @Test
    void shouldKeepLastGoodPolicyOverRestartWhenNextOneIsPoison() {
        publish(config.topics().policies(), policy());
        send(config.topics().policies().name(), Samples.SERVICE, key("not avro"));
        service.close();

        service = newService();
        service.start();
        publish(config.topics().errorEvents(), event("e1"));
        assertThat(await(config.topics().healingRequests(), r -> true).getAttempt())
                .isEqualTo(1);
    }

    @Test
    void shouldRememberCaseOverRestart() {
        publish(config.topics().policies(), policy());
        publish(config.topics().errorEvents(), event("e1"));
        HealingRequest request = await(config.topics().healingRequests(), r -> true);
        service.close();

        service = newService();
        service.start();
        publish(config.topics().errorEvents(), event("e2"));
        publish(
                config.topics().patchProposals(),
                Samples.nothingFound(request, now.plusSeconds(1)).build());

        HealingCase ended = await(config.topics().healingCases(), c -> c.getState() == CaseState.EXHAUSTED);
        assertThat(ended.getCaseId()).isEqualTo(request.getCaseId());
        assertThat(read(config.topics().healingRequests())).hasSize(1);
    }

    private AnalysisService newService() {
        return new AnalysisService(config, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private AnalysisConfig config(String prefix) {
        Map<String, String> values = new HashMap<>();
        values.put(AnalysisConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
        values.put(AnalysisConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl());
        values.put(AnalysisConfig.TOPIC_PREFIX, prefix);
        values.put(AnalysisConfig.APPLICATION_ID, prefix + "analysis");
        values.put(AnalysisConfig.STATE_DIR, folder.resolve(prefix + "state").toString());
        return new AnalysisConfig(values);
    }

    private HealingPolicy policy() {
        return Samples.policy().build();
    }

    private ErrorEvent event(String id) {
        return Samples.reproducible(id, now).build();
    }

    private PatchProposal proposal(HealingRequest request) {
        return Samples.proposal(request, now.plusSeconds(1)).build();
    }

    private <T extends SpecificRecord> void publish(Topic<T> topic, T value) {
        Serializer<T> serializer = clients.valueSerializer();
        send(topic.name(), topic.keyOf(value), serializer.serialize(topic.name(), value));
    }

    private void send(String topic, String key, byte[] value) {
        assertThat(producer.send(new ProducerRecord<>(topic, key(key), value))).succeedsWithin(LONGEST_WAIT);
    }

    private <T extends SpecificRecord> T await(Topic<T> topic, Predicate<T> wanted) {
        Deserializer<T> deserializer = clients.valueDeserializer(topic.type());
        return deserializer.deserialize(
                topic.name(),
                awaitRecord(topic.name(), record -> wanted.test(deserializer.deserialize(topic.name(), record.value())))
                        .value());
    }

    private ConsumerRecord<byte[], byte[]> awaitBytes(String topic) {
        return awaitRecord(topic, record -> true);
    }

    private ConsumerRecord<byte[], byte[]> awaitRecord(String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        try (Consumer<byte[], byte[]> consumer = consumerFromStart(topic)) {
            long end = System.nanoTime() + LONGEST_WAIT.toNanos();
            while (System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (wanted.test(record)) {
                        return record;
                    }
                }
            }
        }
        throw new AssertionError("nothing wanted came on " + topic + " within " + LONGEST_WAIT);
    }

    /** Everything committed on the topic by now. */
    private <T extends SpecificRecord> List<T> read(Topic<T> topic) {
        Deserializer<T> deserializer = clients.valueDeserializer(topic.type());
        List<T> values = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumerFromStart(topic.name())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> values.add(deserializer.deserialize(topic.name(), record.value())));
            }
        }
        return values;
    }

    private Consumer<byte[], byte[]> consumerFromStart(String topic) {
        Consumer<byte[], byte[]> consumer = clients.newConsumer("test", Map.of());
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo partition : consumer.partitionsFor(topic)) {
            partitions.add(new TopicPartition(topic, partition.partition()));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
