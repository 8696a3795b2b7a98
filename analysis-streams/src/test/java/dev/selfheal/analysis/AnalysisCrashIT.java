package dev.selfheal.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.selfheal.embedded.ClusterOptions;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.TriggerPolicy;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of one of two instances in the middle of 100,000 errors: nothing is lost, nothing happens twice. */
class AnalysisCrashIT {

    private static final String PREFIX = "crash.";
    private static final String APPLICATION = "crash.analysis";
    private static final int EVENTS = 100_000;
    private static final int GROUPS = 300;
    /** The first groups can be reproduced: each is worth one request, with its first error. */
    private static final int HEALED_GROUPS = 60;

    private static final int KILL_AFTER = EVENTS / 2;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private LocalCluster cluster;
    private KafkaClients clients;
    private Topics topics;
    private Producer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> unacknowledged = new ArrayList<>();
    private Serializer<ErrorEvent> events;
    private Admin admin;
    private ChildAnalysis first;
    private ChildAnalysis second;

    @BeforeEach
    void startTwoInstances() {
        topics = new Topics(PREFIX);
        cluster = LocalCluster.start(ClusterOptions.childJvm(folder.resolve("cluster")), topics);
        Map<String, String> settings = settings();
        clients = new KafkaClients(new AnalysisConfig(settings));
        producer = clients.newProducer("test");
        admin = clients.newAdmin("test");
        events = clients.valueSerializer();
        publish(topics.policies(), onlyReproducible(), clients.valueSerializer());
        first = new ChildAnalysis("first", folder, settings);
        second = new ChildAnalysis("second", folder, settings);
        first.start();
        second.start();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        producer.close();
        admin.close();
        cluster.close();
    }

    @Test
    void shouldCountExactlyAndRequestOnceWhenOneOfTwoIsKilled() throws ExecutionException, InterruptedException {
        try (TopicReader<ErrorTrend> trends = new TopicReader<>(clients, topics.errorTrends());
                TopicReader<HealingRequest> requests = new TopicReader<>(clients, topics.healingRequests())) {
            Map<String, Long> totals = new HashMap<>();
            Runnable follow = () -> trends.next().forEach(t -> totals.merge(t.getGroup(), t.getTotal(), Math::max));
            await("both have errors to count", follow, () -> counts(first) && counts(second));

            Map<String, Long> sent = sendAll();
            await("half is counted", follow, () -> sum(totals) >= KILL_AFTER);
            first.kill();
            long countedAtKill = sum(totals);
            assertThat(countedAtKill).isLessThan(EVENTS);
            await("all is counted", follow, () -> sum(totals) >= EVENTS, () -> describe(totals, sent));
            assertThat(totals).isEqualTo(sent);
            List<String> requested = new ArrayList<>();
            Runnable collect = () -> requests.next().forEach(r -> requested.add(r.getGroup() + " " + r.getAttempt()));
            await("all are requested", collect, () -> requested.size() >= HEALED_GROUPS);

            first.start();
            await("the killed one has errors to count", follow, () -> counts(first));
            sendOneMoreOfEachGroup(sent);
            await("these are counted", follow, () -> sum(totals) >= EVENTS + GROUPS, () -> describe(totals, sent));
            assertThat(totals).isEqualTo(sent);
            collect.run();
            assertThat(requested).containsExactlyInAnyOrderElementsOf(firstAttemptOfEachHealedGroup());
        }
    }

    /** Every tenth a second time, right away or 1,000 errors later. */
    private Map<String, Long> sendAll() throws ExecutionException, InterruptedException {
        Map<String, Long> sent = new HashMap<>();
        for (int i = 0; i < EVENTS; i++) {
            ErrorEvent event = event(i);
            send(event);
            sent.merge(event.getGroup(), 1L, Long::sum);
            if (i % 20 == 0) {
                send(event);
            } else if (i % 20 == 10 && i > 1_000) {
                send(event(i - 1_000));
            }
        }
        acknowledged();
        return sent;
    }

    private void sendOneMoreOfEachGroup(Map<String, Long> sent) throws ExecutionException, InterruptedException {
        for (int i = EVENTS; i < EVENTS + GROUPS; i++) {
            ErrorEvent event = event(i);
            send(event);
            sent.merge(event.getGroup(), 1L, Long::sum);
        }
        acknowledged();
    }

    private ErrorEvent event(int i) {
        int number = i % GROUPS;
        Instant at = start.plusMillis(i);
        String id = "event-" + i;
        // Groups of requests begin one after the other, so that some do before the kill, some about it, some after it.
        boolean reproducible = number < HEALED_GROUPS && i >= number * (EVENTS / HEALED_GROUPS);
        return (reproducible ? Samples.reproducible(id, at) : Samples.error(id, at))
                .setGroup(group(number))
                .build();
    }

    private static String group(int number) {
        return "v1:%032x".formatted(number);
    }

    private static List<String> firstAttemptOfEachHealedGroup() {
        return IntStream.range(0, HEALED_GROUPS)
                .mapToObj(number -> group(number) + " 1")
                .toList();
    }

    private void acknowledged() throws ExecutionException, InterruptedException {
        producer.flush();
        for (Future<RecordMetadata> record : unacknowledged) {
            record.get();
        }
        unacknowledged.clear();
    }

    private void send(ErrorEvent event) {
        publish(topics.errorEvents(), event, events);
    }

    private <T extends SpecificRecord> void publish(Topic<T> topic, T value, Serializer<T> serializer) {
        byte[] key = topic.keyOf(value).getBytes(StandardCharsets.UTF_8);
        unacknowledged.add(
                producer.send(new ProducerRecord<>(topic.name(), key, serializer.serialize(topic.name(), value))));
    }

    /** Whether the instance has a partition of errors. */
    private boolean counts(ChildAnalysis instance) {
        assertThat(instance.isAlive()).as("see %s", instance.log()).isTrue();
        return members().stream()
                .filter(member -> member.clientId().startsWith(instance.name()))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .anyMatch(partition ->
                        partition.topic().equals(topics.errorEvents().name()));
    }

    private Collection<MemberDescription> members() {
        try {
            return admin.describeConsumerGroups(List.of(APPLICATION))
                    .all()
                    .get()
                    .get(APPLICATION)
                    .members();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void await(String what, Runnable step, BooleanSupplier reached) {
        await(what, step, reached, () -> "");
    }

    private void await(String what, Runnable step, BooleanSupplier reached, Supplier<String> state) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("not within %s: %s%n%s%nmembers %s%n%s%n%s"
                        .formatted(
                                LONGEST_WAIT, what, state.get(), members(), first.newestLines(), second.newestLines()));
            }
            step.run();
        }
    }

    private static String describe(Map<String, Long> counted, Map<String, Long> sent) {
        Map<String, Long> missing = new TreeMap<>();
        sent.forEach((group, number) -> missing.put(group, number - counted.getOrDefault(group, 0L)));
        missing.values().removeIf(number -> number == 0);
        return "missing in " + missing.size() + " groups: " + missing;
    }

    private static long sum(Map<String, Long> totals) {
        return totals.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<String, String> settings() {
        Map<String, String> values = new HashMap<>();
        values.put(AnalysisConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
        values.put(AnalysisConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl());
        values.put(AnalysisConfig.TOPIC_PREFIX, PREFIX);
        values.put(AnalysisConfig.APPLICATION_ID, APPLICATION);
        values.put(AnalysisConfig.TREND_PUBLISH_INTERVAL_MS, "0");
        // A restarted instance gets its share at once, instead of a warm-up of minutes first.
        values.put("streams.acceptable.recovery.lag", "10000000");
        return values;
    }

    /** No number of plain errors is worth a request, so requests are those of the reproducible groups. */
    private static HealingPolicy onlyReproducible() {
        return Samples.policy()
                .setTrigger(TriggerPolicy.newBuilder()
                        .setMinEvents(Integer.MAX_VALUE)
                        .build())
                .build();
    }
}
