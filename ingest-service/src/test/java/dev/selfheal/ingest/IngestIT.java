package dev.selfheal.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.envelope.Envelope;
import dev.selfheal.envelope.EnvelopeHeaders;
import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.GroupingPolicy;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.TriggerPolicy;
import dev.selfheal.ingest.publish.KafkaEventPublisher;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.runtime.Outgoing;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service against a real broker and registry. */
@Timeout(120)
class IngestIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final Topic<ErrorEvent> EVENTS = TOPICS.errorEvents();

    @TempDir
    private static Path data;

    private static LocalCluster cluster;
    private static IngestService service;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() {
        cluster = LocalCluster.start(data, TOPICS);
        service = new IngestService(config(), new SimpleMeterRegistry(), Clock.systemUTC());
        service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
        cluster.close();
    }

    @Test
    void shouldPublishEventKeyedByGroupWithCloudEventHeaders() throws Exception {
        HttpResponse<String> answer =
                post("application/json", event("published").getBytes(UTF_8), "identity");

        assertThat(answer.statusCode()).isEqualTo(202);
        ConsumerRecord<byte[], byte[]> record = await("published").get(0);
        Envelope<ErrorEvent> envelope = EnvelopeHeaders.read(record, value(record));
        assertThat(new String(record.key(), UTF_8))
                .isEqualTo(json(answer).path("group").asText());
        assertThat(envelope.type()).isEqualTo("dev.selfheal.ErrorEvent");
        assertThat(envelope.source()).isEqualTo(KafkaEventPublisher.SOURCE);
        assertThat(envelope.subject()).isEqualTo(envelope.data().getGroup());
        assertThat(header(record, EnvelopeHeaders.SPEC_VERSION)).isEqualTo("1.0");
        assertThat(header(record, EnvelopeHeaders.TYPE)).isEqualTo("dev.selfheal.ErrorEvent");
    }

    @Test
    void shouldPublishWhatWasSentWithOwnFramesMarkedAndSecretsOut() throws Exception {
        post("application/json", event("complete").getBytes(UTF_8), "identity");

        ErrorEvent event = value(await("complete").get(0));
        assertThat(event.getService()).isEqualTo("cart");
        assertThat(event.getExceptions()).hasSize(2);
        assertThat(event.getExceptions().get(1).getMessage()).contains("no item for [scrubbed:email]");
        assertThat(event.getExceptions().get(1).getFrames())
                .extracting(f -> f.getModule() + " " + f.getInApp())
                .containsExactly("java.util.Objects false", "org.example.Cart true", "org.example.App true");
        assertThat(event.getReproduction())
                .hasValueSatisfying(r -> assertThat(r.getSelector()).isEqualTo("org.example.CartTest#total"));
        assertThat(event.getScrubbed()).isOne();
    }

    @Test
    void shouldPublishNothingAndNameTheFieldWhenEventIsMalformed() throws Exception {
        HttpResponse<String> answer = post(
                "application/json",
                event("malformed").replace("\"cart\"", "\"--\"").getBytes(UTF_8),
                "identity");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/field").asText()).isEqualTo("/service");
        // Whatever follows it is published; so had it been there, it would come first.
        post("application/json", event("after-malformed").getBytes(UTF_8), "identity");
        assertThat(await("after-malformed")).hasSize(1);
        assertThat(readAll()).extracting(r -> value(r).getEventId()).doesNotContain("malformed");
    }

    @Test
    void shouldPublishGzippedNdjsonLineByLine() throws Exception {
        byte[] body = gzip(event("line-a") + "\n{\"service\":\"cart\"}\n" + event("line-b") + "\n");

        HttpResponse<String> answer = post("application/x-ndjson", body, "gzip");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("accepted").asInt()).isEqualTo(2);
        assertThat(json(answer).at("/rejected/0/line").asInt()).isEqualTo(2);
        assertThat(await("line-a")).hasSize(1);
        assertThat(await("line-b")).hasSize(1);
    }

    @Test
    void shouldGroupByTheServicesPolicyAsSoonAsItIsPublished() throws Exception {
        String gallery = event("gallery").replace("\"cart\"", "\"gallery\"");
        String before = json(post(service, gallery)).path("group").asText();

        publish(HealingPolicy.newBuilder()
                .setService("gallery")
                .setSource(
                        SourceRepository.newBuilder().setUrl("/srv/gallery.git").build())
                .setTrigger(TriggerPolicy.newBuilder().build())
                .setAutonomy(AutonomyPolicy.newBuilder().build())
                .setBudget(BudgetPolicy.newBuilder().build())
                .setUpdatedAt(Instant.EPOCH)
                .setGrouping(GroupingPolicy.newBuilder()
                        .setIgnoredFrames(List.of("org.example.Cart"))
                        .build())
                .build());

        Instant end = Instant.now().plus(LIMIT);
        String after = before;
        while (after.equals(before) && Instant.now().isBefore(end)) {
            after = json(post(service, gallery)).path("group").asText();
        }
        assertThat(after).isNotEqualTo(before);
        assertThat(service.health().details()).containsEntry("policies", "up to date");
    }

    @Test
    void shouldTakeErrorsWhenPoliciesCannotBeRead() throws Exception {
        Map<String, String> nowhere = Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS,
                cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL,
                cluster.registryUrl(),
                ServiceConfig.TOPIC_PREFIX,
                "nowhere.",
                IngestConfig.ACK_TIMEOUT_MS,
                "200",
                IngestConfig.SPOOL_DIRECTORY,
                data.resolveSibling("spool-nowhere").toString());
        try (IngestService alone =
                new IngestService(new IngestConfig(nowhere), new SimpleMeterRegistry(), Clock.systemUTC())) {
            assertThat(alone.health().ready()).as("before it listens").isFalse();
            alone.start();

            assertThat(alone.health().ready()).as("with the spool alone").isTrue();
            assertThat(post(alone, event("alone")).statusCode()).isEqualTo(202);
            assertThat(alone.health().live()).isTrue();
            assertThat(alone.health().details().get("policies")).startsWith("not read yet");
        }
    }

    @Test
    void shouldBeReadyWhenBrokersAnswer() {
        Instant end = Instant.now().plus(LIMIT);
        while (!service.health().ready() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }

        assertThat(service.health().live()).isTrue();
        assertThat(service.health().ready()).isTrue();
        assertThat(service.health().details()).containsEntry("kafka", "1 brokers answer");
    }

    @Test
    void shouldKeepEventsWhileKafkaIsAwayAndPublishThemAfterwards() throws Exception {
        Path folder = data.resolveSibling(data.getFileName() + "-away");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (LocalCluster other = LocalCluster.start(folder, TOPICS);
                IngestService away = new IngestService(config(other), registry, Clock.systemUTC())) {
            away.start();
            assertThat(post(away, event("before")).statusCode()).isEqualTo(202);

            other.stopBroker();
            assertThat(post(away, event("meanwhile")).statusCode()).isEqualTo(202);
            assertThat(away.health().ready()).isTrue();
            assertThat(away.health().details().get("spool")).contains("bytes");

            other.startBroker();
            assertThat(await(other, "meanwhile")).isNotEmpty();
            assertThat(registry.counter("selfheal.ingest.spooled").count()).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void shouldRefuseToStartWhenAnotherIntakeHasTheSpool() {
        try (IngestService second = new IngestService(config(), new SimpleMeterRegistry(), Clock.systemUTC())) {
            assertThatIllegalStateException().isThrownBy(second::start).withMessageContaining("in use");
        }
    }

    private static void publish(HealingPolicy policy) throws InterruptedException {
        try (MessagePublisher publisher = new MessagePublisher(new KafkaClients(config()), "it")) {
            publisher.publishAll(List.of(new Outgoing<>(
                    TOPICS.policies(),
                    Envelope.first(KafkaEventPublisher.SOURCE, policy.getService(), Instant.now(), policy))));
        }
    }

    private static IngestConfig config() {
        return config(cluster);
    }

    private static IngestConfig config(LocalCluster at) {
        return new IngestConfig(Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS, at.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL, at.registryUrl(),
                IngestConfig.ACK_TIMEOUT_MS, "2000",
                IngestConfig.SPOOL_DIRECTORY, spoolOf(at).toString()));
    }

    private static Path spoolOf(LocalCluster at) {
        return data.resolveSibling("spool-" + at.bootstrapServers().replace(':', '-'));
    }

    private static String event(String id) {
        return JSON.createObjectNode()
                .put("service", "cart")
                .put("eventId", id)
                .put("stacktrace", """
                        java.lang.IllegalStateException: cannot add up
                        \tat org.example.App.main(App.java:3)
                        Caused by: java.lang.NullPointerException: no item for jane@example.org
                        \tat java.base/java.util.Objects.requireNonNull(Objects.java:209)
                        \tat org.example.Cart.total(Cart.java:17)
                        \t... 1 more
                        """)
                .set("reproduction", JSON.createObjectNode().put("selector", "org.example.CartTest#total"))
                .toString();
    }

    private HttpResponse<String> post(IngestService to, String event) throws IOException, InterruptedException {
        return post(to, "application/json", event.getBytes(UTF_8), "identity");
    }

    private HttpResponse<String> post(String type, byte[] body, String encoding)
            throws IOException, InterruptedException {
        return post(service, type, body, encoding);
    }

    private HttpResponse<String> post(IngestService to, String type, byte[] body, String encoding)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(to.address().resolve("/v1/errors"))
                .timeout(LIMIT)
                .header("Content-Type", type)
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static List<ConsumerRecord<byte[], byte[]>> await(String eventId) {
        return await(cluster, eventId);
    }

    private static List<ConsumerRecord<byte[], byte[]>> await(LocalCluster at, String eventId) {
        Instant end = Instant.now().plus(LIMIT);
        List<ConsumerRecord<byte[], byte[]>> found = List.of();
        while (found.isEmpty() && Instant.now().isBefore(end)) {
            found = readAll(at).stream()
                    .filter(record -> value(at, record).getEventId().equals(eventId))
                    .toList();
        }
        return found;
    }

    private static List<ConsumerRecord<byte[], byte[]>> readAll() {
        return readAll(cluster);
    }

    private static List<ConsumerRecord<byte[], byte[]>> readAll(LocalCluster at) {
        return published(at).records();
    }

    private static ErrorEvent value(ConsumerRecord<byte[], byte[]> record) {
        return value(cluster, record);
    }

    private static ErrorEvent value(LocalCluster at, ConsumerRecord<byte[], byte[]> record) {
        return published(at).value(record);
    }

    private static PublishedEvents published(LocalCluster at) {
        return new PublishedEvents(new KafkaClients(config(at)), EVENTS);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
