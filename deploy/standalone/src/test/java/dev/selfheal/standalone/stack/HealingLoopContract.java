package dev.selfheal.standalone.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.attestation.AttestationVerifier;
import dev.selfheal.attestation.Verification;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.standalone.BuggyProject;
import dev.selfheal.standalone.heal.HealingSession;
import dev.selfheal.standalone.heal.HealingTask;
import dev.selfheal.standalone.heal.Progress;
import dev.selfheal.standalone.heal.Reproducer;
import dev.selfheal.standalone.loop.CaseHistory;
import dev.selfheal.standalone.loop.HealingOutcome;
import dev.selfheal.standalone.policy.LocalPolicy;
import dev.selfheal.validation.Workbench;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the four services do together, whatever Kafka they run on. */
abstract class HealingLoopContract {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @TempDir
    Path temp;

    /** A stack on the Kafka under test. */
    abstract StackOptions options();

    @Test
    void shouldHealAProjectAndSurviveGarbageOnEveryTopicOfTheLoop() throws Exception {
        BuggyProject project = BuggyProject.in(temp.resolve("shop"));
        String commit = project.commit();
        Clock clock = Clock.systemUTC();
        try (DataDirectory data = DataDirectory.open(Optional.of(temp.resolve("data")));
                Workbench workbench = Stack.workbench(options(), data, clock);
                Stack stack = Stack.start(options(), data, workbench, new CompletableFuture<>(), clock)) {
            List<String> poisoned = poisonTheLoop(stack);

            HealingSession.Result result = new HealingSession(
                            () -> stack, new Reproducer(workbench), new CaseHistory(), new Silent(), clock)
                    .heal(task(project, commit, workbench, clock));

            assertThat(result.outcome()).isEqualTo(HealingOutcome.APPROVED);
            PatchVerdict verdict = result.history().verdict().orElseThrow();
            assertThat(new AttestationVerifier(List.of(Files.readString(stack.publicKey())), clock).verify(verdict))
                    .isInstanceOf(Verification.Valid.class);
            assertThat(poisoned).allSatisfy(topic -> shouldHoldTheGarbage(stack, topic));
            assertThat(get(stack.opsUrl().resolve("/health/ready"))).contains("validation-worker");
            assertThat(get(stack.opsUrl().resolve("/metrics"))).contains("selfheal_");
        }
    }

    private static HealingTask task(BuggyProject project, String commit, Workbench workbench, Clock clock) {
        Isolation isolation = workbench.sandbox().isolation();
        return new HealingTask(
                LocalPolicy.of("shop", project.root(), "", isolation, clock.instant()),
                commit,
                Optional.of(BuggyProject.FAILING_TEST),
                Optional.empty(),
                TIMEOUT);
    }

    private static List<String> poisonTheLoop(Stack stack) throws Exception {
        List<String> topics = List.of(
                stack.topics().errorEvents().name(),
                stack.topics().urgentHealingRequests().name(),
                stack.topics().healingRequests().name(),
                stack.topics().patchProposals().name(),
                stack.topics().approvedPatches().name());
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String topic : topics) {
                producer.send(new ProducerRecord<>(topic, "key".getBytes(UTF_8), "garbage".getBytes(UTF_8)))
                        .get();
            }
        }
        return topics;
    }

    private static void shouldHoldTheGarbage(Stack stack, String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic + ".dlq").stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            ConsumerRecord<byte[], byte[]> dead = first(consumer, topic);
            assertThat(dead.value()).asString(UTF_8).isEqualTo("garbage");
            assertThat(dead.headers().lastHeader("__streams.errors.topic").value())
                    .asString(UTF_8)
                    .isEqualTo(topic);
        }
    }

    private static ConsumerRecord<byte[], byte[]> first(Consumer<byte[], byte[]> consumer, String topic) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < Duration.ofSeconds(30).toNanos()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                return record;
            }
        }
        throw new AssertionError("nothing on " + topic + ".dlq");
    }

    private static String get(URI uri) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** Nobody looks. */
    private static final class Silent implements Progress {

        @Override
        public void step(String kind, String text) {}

        @Override
        public void took(String part, Duration time) {}
    }
}
