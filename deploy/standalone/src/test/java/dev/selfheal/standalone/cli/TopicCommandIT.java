package dev.selfheal.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.envelope.Envelope;
import dev.selfheal.envelope.EnvelopeHeaders;
import dev.selfheal.event.Decision;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.standalone.client.ClientConfig;
import dev.selfheal.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command shows of real topics. */
class TopicCommandIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final String DECISIONS = TOPICS.reviewDecisions().name();

    @TempDir
    private static Path temp;

    private static LocalCluster cluster;
    private static KafkaClients clients;
    private static Path config;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        cluster = LocalCluster.start(temp.resolve("kafka"), TOPICS);
        config = Files.writeString(
                temp.resolve("client.properties"),
                "bootstrap.servers=" + cluster.bootstrapServers() + "\nschema.registry.url=" + cluster.registryUrl()
                        + "\nquery.url=http://127.0.0.1:1\nconsumer.group.id=mine\n");
        clients = new KafkaClients(new ClientConfig(Map.of(
                ClientConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                ClientConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl())));
        publish(
                decision("case-1", "ada"),
                record(DECISIONS, "case-1", "no Avro".getBytes(UTF_8)),
                record(DECISIONS, "case-2", null),
                decision("case-1", "bob"),
                record(TOPICS.reviewDecisions().deadLetterName(), "case-3", new byte[] {0, 0, 0, 0, 99, (byte) 0xff}),
                record(TOPICS.jsonErrorEvents().name(), "any", "{\"service\":\"cart\"}".getBytes(UTF_8)));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldPrintRecordsAndGoOnAfterABadOne() throws IOException {
        assertThat(run("read", "review-decisions", "--key", "case-1")).isEqualTo(ExitCode.OK);

        assertThat(lines()).hasSize(3);
        JsonNode first = lines().get(0);
        assertThat(first.path("topic").asText()).isEqualTo(DECISIONS);
        assertThat(first.path("key").asText()).isEqualTo("case-1");
        assertThat(first.at("/headers/" + EnvelopeHeaders.SOURCE).asText()).isEqualTo("/test");
        assertThat(first.at("/value/reviewer").asText()).isEqualTo("ada");
        assertThat(first.at("/value/decidedAt").asText()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(Instant.parse(first.path("timestamp").asText())).isAfter(Instant.EPOCH);
        assertThat(lines().get(1).at("/bad/code").asText()).isEqualTo("MALFORMED_RECORD");
        assertThat(lines().get(1).at("/bad/begins").asText()).isEqualTo("no Avro");
        assertThat(lines().get(2).at("/value/reviewer").asText()).isEqualTo("bob");
        assertThat(lines().get(2).path("offset").asLong())
                .isGreaterThan(first.path("offset").asLong());
        assertThat(errors.toString()).isEmpty();
    }

    @Test
    void shouldPrintNoMoreThanWanted() throws IOException {
        assertThat(run("read", DECISIONS, "--max", "2")).isEqualTo(ExitCode.OK);
        assertThat(lines()).hasSize(2);
    }

    @Test
    void shouldPrintTheNewestInTheirOrder() throws IOException {
        assertThat(run("read", DECISIONS)).isEqualTo(ExitCode.OK);
        List<String> timestamps = lines().stream()
                .map(line -> line.path("timestamp").asText())
                .sorted()
                .toList();
        out.getBuffer().setLength(0);

        assertThat(run("read", DECISIONS, "--last", "3")).isEqualTo(ExitCode.OK);

        assertThat(lines().stream().map(line -> line.path("timestamp").asText()))
                .containsExactlyElementsOf(timestamps.subList(1, 4));
    }

    @Test
    void shouldPrintTheNewestOfAKey() throws IOException {
        assertThat(run("read", DECISIONS, "--key", "case-1", "--last", "1")).isEqualTo(ExitCode.OK);
        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0).at("/value/reviewer").asText()).isEqualTo("bob");
    }

    @Test
    void shouldPrintAllWhenThereAreNoMoreThanTheNewestAskedFor() throws IOException {
        assertThat(run("read", DECISIONS, "--last", "1000")).isEqualTo(ExitCode.OK);
        assertThat(lines()).hasSize(4);
        assertThat(run("read", "policies", "--last", "1")).isEqualTo(ExitCode.OK);
        assertThat(lines()).hasSize(4);
    }

    @Test
    void shouldPrintATombstone() throws IOException {
        run("read", DECISIONS, "--key", "case-2");
        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0).path("value").isNull()).isTrue();
    }

    @Test
    void shouldPrintJsonAndDeadLettersAndNothingOfAnEmptyTopic() throws IOException {
        run("read", "error-events.json");
        run("read", "review-decisions.dlq");
        run("read", "policies");

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0).at("/value/service").asText()).isEqualTo("cart");
        assertThat(lines().get(1).at("/bad/reason").asText()).contains("99");
        assertThat(lines().get(1).at("/bad/begins/base64").asText()).isEqualTo("AAAAAGP/");
    }

    @Test
    void shouldPrintWhatComesFromNowOn() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                () -> run(waiting::countDown, "read", "alerts", "--from", "latest", "--max", "1", "--wait", "60s"));
        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        publish(record(TOPICS.alerts().name(), "now", "bad".getBytes(UTF_8)));

        assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0).path("key").asText()).isEqualTo("now");
    }

    @Test
    void shouldSayThatItHasWaitedLongEnough() throws IOException {
        assertThat(run("read", "policies", "--from", "latest", "--max", "1", "--wait", "1s"))
                .isEqualTo(ExitCode.TIMED_OUT);
        assertThat(run("read", "policies", "--from", "latest", "--wait", "1s")).isEqualTo(ExitCode.OK);
        assertThat(lines()).isEmpty();
    }

    @Test
    void shouldPrintTheRestWhenTheRegistryIsAway() throws IOException {
        assertThat(run("read", DECISIONS, "--registry", "http://127.0.0.1:1")).isEqualTo(ExitCode.FAILURE);

        assertThat(lines()).hasSize(4);
        assertThat(lines().stream().map(line -> line.at("/bad/code").asText("")))
                .containsExactlyInAnyOrder("DEPENDENCY_UNAVAILABLE", "MALFORMED_RECORD", "", "DEPENDENCY_UNAVAILABLE");
        assertThat(errors.toString()).contains("http://127.0.0.1:1").hasLineCount(1);
    }

    @Test
    void shouldListTopicsWithTheirRecords() throws IOException {
        assertThat(run("list")).isEqualTo(ExitCode.OK);

        assertThat(lines()).hasSize(2 * TOPICS.all().size());
        JsonNode decisions = lines().stream()
                .filter(line -> line.path("topic").asText().equals(DECISIONS))
                .findFirst()
                .orElseThrow();
        assertThat(decisions.path("value").asText()).isEqualTo("ReviewDecision");
        assertThat(decisions.path("records").asInt()).isEqualTo(4);
        assertThat(decisions.path("partitions").asInt()).isPositive();
    }

    @Test
    void shouldSayWhenAnInstallationIsNotThereAndMakeNoTopic() throws Exception {
        Path other = Files.writeString(
                temp.resolve("other.properties"),
                "bootstrap.servers=" + cluster.bootstrapServers() + "\ntopic.prefix=other.\n");

        assertThat(SelfhealMain.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(errors, true))
                        .execute("topic", "read", "policies", "--config", other.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("there is no topic other.policies");
        try (Admin admin = clients.newAdmin("test")) {
            assertThat(admin.listTopics().names().get()).noneMatch(name -> name.startsWith("other."));
        }
    }

    @Test
    void shouldLeaveNoGroup() throws Exception {
        run("read", DECISIONS);

        try (Admin admin = clients.newAdmin("test")) {
            assertThat(admin.listGroups().all().get()).isEmpty();
        }
    }

    @SafeVarargs
    private static void publish(ProducerRecord<byte[], byte[]>... records) throws Exception {
        try (Producer<byte[], byte[]> producer = clients.newProducer("test")) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record).get();
            }
        }
    }

    private int run(String... arguments) {
        return run(() -> {}, arguments);
    }

    /**
     * @param told is run when something is written to standard error
     */
    private int run(Runnable told, String... arguments) {
        List<String> all = new ArrayList<>(List.of("topic"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        PrintWriter err = new PrintWriter(errors, true) {
            @Override
            public void println(String line) {
                super.println(line);
                told.run();
            }
        };
        return SelfhealMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(err)
                .execute(all.toArray(String[]::new));
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static ProducerRecord<byte[], byte[]> decision(String caseId, String reviewer) {
        ReviewDecision decision =
                new ReviewDecision(caseId, "g", Decision.APPROVE, reviewer, "", Instant.parse("2026-11-22T10:00:00Z"));
        Serializer<ReviewDecision> values = clients.valueSerializer();
        ProducerRecord<byte[], byte[]> record = record(DECISIONS, caseId, values.serialize(DECISIONS, decision));
        EnvelopeHeaders.write(Envelope.first("/test", caseId, decision.getDecidedAt(), decision), record.headers());
        return record;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    }
}
