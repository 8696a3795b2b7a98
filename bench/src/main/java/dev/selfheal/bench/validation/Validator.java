package dev.selfheal.bench.validation;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.ClusterOptions;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import dev.selfheal.validation.ValidationConfig;
import dev.selfheal.validation.ValidationService;
import dev.selfheal.validation.Workbench;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** The validation worker as it runs, with a broker in a JVM of its own; one caller sends proposals and awaits verdicts. */
final class Validator implements AutoCloseable {

    private static final Topics TOPICS = new Topics("bench.");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LocalCluster cluster;
    private final Workbench workbench;
    private final ValidationService service;
    private final MessagePublisher publisher;
    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<PatchVerdict> values;

    private Validator(LocalCluster cluster, ValidationConfig config) {
        KafkaClients clients = new KafkaClients(config);
        this.cluster = cluster;
        this.workbench = Workbench.open(config, Clock.systemUTC());
        this.service = new ValidationService(config, new SimpleMeterRegistry(), Clock.systemUTC(), workbench);
        this.publisher = new MessagePublisher(clients, "bench");
        this.values = clients.valueDeserializer(PatchVerdict.class);
        this.consumer = clients.newConsumer("bench", Map.of("group.id", "bench"));
        service.start();
        List<TopicPartition> partitions = List.of(
                        TOPICS.approvedPatches(), TOPICS.rejectedPatches(), TOPICS.patchesForReview())
                .stream()
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    static Validator start(Path folder) {
        LocalCluster cluster = LocalCluster.start(ClusterOptions.childJvm(folder.resolve("cluster")), TOPICS);
        return new Validator(
                cluster,
                new ValidationConfig(Map.of(
                        ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                        ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                        ServiceConfig.TOPIC_PREFIX, "bench.",
                        ValidationConfig.WORK_DIRECTORY, folder.resolve("work").toString(),
                        ValidationConfig.KEY_FILE, folder.resolve("key.pem").toString(),
                        ValidationConfig.KEY_CREATE, "true")));
    }

    Workbench workbench() {
        return workbench;
    }

    void publish(Project project) throws InterruptedException {
        publish(TOPICS.policies(), project.policy());
    }

    void send(PatchProposal proposal) throws InterruptedException {
        publish(TOPICS.patchProposals(), proposal);
    }

    /** As many verdicts as asked for, in the order in which they came. */
    List<PatchVerdict> await(int count) {
        List<PatchVerdict> verdicts = new ArrayList<>();
        Instant end = Instant.now().plus(PATIENCE);
        while (verdicts.size() < count) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
                verdicts.add(values.deserialize(message.topic(), message.headers(), message.value()));
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(verdicts.size() + " of " + count + " verdicts within " + PATIENCE);
            }
        }
        return verdicts;
    }

    private <T extends SpecificRecord> void publish(Topic<T> topic, T data) throws InterruptedException {
        try {
            publisher
                    .publish(topic, Envelope.first("/bench", topic.keyOf(data), Instant.now(), data))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not take " + topic.name(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        publisher.close();
        service.close();
        workbench.close();
        cluster.close();
    }
}
