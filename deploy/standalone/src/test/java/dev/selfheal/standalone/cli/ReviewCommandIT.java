package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.Decision;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.standalone.client.ClientConfig;
import dev.selfheal.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decision on a real topic. */
class ReviewCommandIT {

    @TempDir
    private Path temp;

    @Test
    void shouldSendDecisionsThatAllNameTheirGroup() throws Exception {
        try (LocalCluster cluster = LocalCluster.start(temp.resolve("kafka"), new Topics(Topics.DEFAULT_PREFIX));
                StubReadModel readModel = new StubReadModel()) {
            readModel.answerCase("case-1", "g", "IN_REVIEW", "2026-11-22T10:00:00Z");
            Path config = Files.writeString(
                    temp.resolve("client.properties"),
                    "bootstrap.servers=" + cluster.bootstrapServers() + "\nschema.registry.url=" + cluster.registryUrl()
                            + "\nquery.url=" + readModel.url() + "\n");

            assertThat(run(config, "approve", "case-1", "--patch", "abc", "--reviewer", "ada", "--wait", "1s"))
                    .as("nobody acts on it here")
                    .isEqualTo(ExitCode.TIMED_OUT);
            assertThat(run(config, "reject", "case-1", "--reviewer", "ada", "--reason", "hides it", "--wait", "1s"))
                    .isEqualTo(ExitCode.TIMED_OUT);
            assertThat(run(config, "stop", "g", "--reviewer", "ada", "--wait", "1s"))
                    .isEqualTo(ExitCode.TIMED_OUT);

            List<ReviewDecision> sent = decisions(cluster, 3);
            assertThat(sent).allSatisfy(decision -> {
                assertThat(decision.getGroup()).isEqualTo("g");
                assertThat(decision.getReviewer()).isEqualTo("ada");
            });
            assertThat(sent)
                    .extracting(ReviewDecision::getDecision, ReviewDecision::getCaseId, ReviewDecision::getComment)
                    .containsExactlyInAnyOrder(
                            tuple(Decision.APPROVE, "case-1", ""),
                            tuple(Decision.REJECT, "case-1", "hides it"),
                            tuple(Decision.STOP, "", ""));
        }
    }

    private static int run(Path config, String... arguments) {
        List<String> all = new ArrayList<>(List.of("review"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        return SelfhealMain.commandLine().execute(all.toArray(String[]::new));
    }

    private static List<ReviewDecision> decisions(LocalCluster cluster, int count) {
        KafkaClients clients = new KafkaClients(new ClientConfig(Map.of(
                ClientConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                ClientConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl())));
        Deserializer<ReviewDecision> values = clients.valueDeserializer(ReviewDecision.class);
        String topic = new Topics(Topics.DEFAULT_PREFIX).reviewDecisions().name();
        List<ReviewDecision> found = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = clients.newConsumer("test", Map.of())) {
            consumer.assign(IntStream.range(0, consumer.partitionsFor(topic).size())
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (found.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> found.add(values.deserialize(topic, record.value())));
            }
        }
        return found;
    }
}
