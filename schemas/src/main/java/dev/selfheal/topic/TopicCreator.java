package dev.selfheal.topic;

import dev.selfheal.topic.Topic.Cleanup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics of an installation and their dead-letter topics. Topics that exist are left as they are, so several
 * services may create them at once.
 */
public final class TopicCreator {

    /** A dead letter is there to be looked at by a person: it outlives what it came from. */
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(90);

    /** Room for the largest record of the topic it came from, which the broker limits to 1 MiB, and the error headers. */
    private static final int DEAD_LETTER_BYTES = 2 << 20;

    private final Admin admin;
    private final int partitions;
    private final Optional<Short> replicas;

    /**
     * @param admin stays the caller's to close
     * @param partitions of every topic, the dead-letter topics included
     * @param replicas of every partition; empty takes the broker's default
     */
    public TopicCreator(Admin admin, int partitions, Optional<Short> replicas) {
        this.admin = Objects.requireNonNull(admin, "admin");
        this.partitions = partitions;
        this.replicas = Objects.requireNonNull(replicas, "replicas");
    }

    /**
     * Creates what is missing and returns when every partition has a leader that answers. Producing earlier can lose
     * records: the first batch of an idempotent producer then sticks out of sequence.
     *
     * @throws KafkaException when a topic cannot be created, or is not ready in time
     */
    public void create(Topics topics, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<NewTopic> wanted = new ArrayList<>();
        for (Topic<?> topic : topics.all()) {
            wanted.add(newTopic(topic.name(), settings(topic.cleanup(), topic.retention())));
            wanted.add(newTopic(topic.deadLetterName(), deadLetterSettings()));
        }
        createMissing(wanted);
        awaitReady(wanted.stream().map(NewTopic::name).toList(), deadline);
    }

    private NewTopic newTopic(String name, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(partitions), replicas).configs(settings);
    }

    static Map<String, String> deadLetterSettings() {
        Map<String, String> settings = new HashMap<>(settings(Cleanup.DELETE, DEAD_LETTER_RETENTION));
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(DEAD_LETTER_BYTES));
        return settings;
    }

    private static Map<String, String> settings(Cleanup cleanup, Duration retention) {
        return switch (cleanup) {
            case COMPACT -> Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            case DELETE ->
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(retention.toMillis()));
        };
    }

    private void createMissing(List<NewTopic> wanted) throws InterruptedException {
        CreateTopicsResult result = admin.createTopics(wanted);
        for (NewTopic topic : wanted) {
            try {
                result.values().get(topic.name()).get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("cannot create topic " + topic.name(), e.getCause());
                }
            }
        }
    }

    private void awaitReady(List<String> names, long deadline) throws InterruptedException {
        while (true) {
            int left = (int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            try {
                Map<TopicPartition, OffsetSpec> ends = partitionsOf(names);
                admin.listOffsets(ends, new ListOffsetsOptions().timeoutMs(left))
                        .all()
                        .get();
                return;
            } catch (ExecutionException e) {
                // A partition that has no leader yet, or is not known everywhere yet: the client already paused between
                // tries.
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() >= deadline) {
                    throw new KafkaException("topics are created but not ready: " + names, e.getCause());
                }
            }
        }
    }

    private Map<TopicPartition, OffsetSpec> partitionsOf(List<String> names)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription topic :
                admin.describeTopics(names).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(p -> ends.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
        }
        return ends;
    }
}
