package dev.selfheal.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JSON values straight to Kafka, with a real broker. */
@Timeout(120)
class JsonTopicIT {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

    /** That the intake may publish, in bytes. */
    private static final int LARGEST_RECORD = 200_000;

    /** Of which conversion makes many times as much: each of 16 exceptions has all the frames of the first one. */
    private static final String GROWING = "{\"service\":\"growing\",\"stacktrace\":\"a.E: x"
            + "\\n\\tat org.example.shop.basket.CartResource.total(CartResource.java:17)".repeat(512)
            + "\\nCaused by: a.E: x\\n\\t... 512 more".repeat(15) + "\"}";

    @TempDir
    private static Path data;

    private static LocalCluster cluster;
    private static IngestConfig config;
    private static KafkaClients clients;
    private static PublishedEvents published;
    private static SimpleMeterRegistry meters;
    private static IngestService service;

    @BeforeAll
    static void start() {
        cluster = LocalCluster.start(data.resolve("cluster"), TOPICS);
        config = new IngestConfig(Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS,
                cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL,
                cluster.registryUrl(),
                IngestConfig.SPOOL_DIRECTORY,
                data.resolve("spool").toString(),
                IngestConfig.JSON_TOPIC,
                "true",
                "producer." + ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Integer.toString(LARGEST_RECORD)));
        clients = new KafkaClients(config);
        published = new PublishedEvents(clients, TOPICS.errorEvents());
        service = started();
    }

    @AfterAll
    static void stop() {
        service.close();
        cluster.close();
    }

    @Test
    void shouldPublishWhatIsSentAsJsonUnderTheGroupItHasOverHttp() throws Exception {
        String json = "{\"service\":\"cart\",\"tags\":{\"password\":\"hunter2\"},"
                + "\"stacktrace\":\"java.lang.IllegalStateException: no price\\n\\tat org.example.Cart.total(Cart.java:17)\"}";

        send(json);
        List<ErrorEvent> events = published.await(event -> event.getProtocol() == IntakeProtocol.KAFKA);

        assertThat(events).hasSize(1);
        assertThat(events.get(0).getGroup()).isEqualTo(groupOverHttp(json));
        assertThat(events.get(0).getEventId()).isNotBlank();
        assertThat(events.get(0).getTags()).containsEntry("password", "[scrubbed:tag]");
    }

    @Test
    void shouldSetAsideWhatIsNoEventAndGoOn() throws Exception {
        send("nonsense");
        send("{\"service\":\"cart\",\"severity\":\"hunter2\",\"exceptions\":[{\"type\":\"a.E\"}]}");
        send("{\"exceptions\":[{\"type\":\"a.E\",\"message\":\"to a@example.org\"}]}");
        send(null);
        send("{\"service\":\"after\",\"eventId\":\"after-1\",\"exceptions\":[{\"type\":\"a.E\"}]}");

        assertThat(published.await(event -> event.getEventId().equals("after-1")))
                .hasSize(1);
        List<ConsumerRecord<byte[], byte[]>> records = deadLetters("MALFORMED_RECORD", 4);
        List<String> letters = records.stream().map(JsonTopicIT::headers).toList();
        assertThat(letters).anyMatch(letter -> letter.contains("/severity"));
        assertThat(letters).anyMatch(letter -> letter.contains("not valid JSON"));
        assertThat(String.join("", letters)).doesNotContain("hunter2");
        assertThat(records.stream().map(JsonTopicIT::value))
                .contains("nonsense")
                .contains("{\"exceptions\":[{\"type\":\"a.E\",\"message\":\"to [scrubbed:email]\"}]}");
    }

    @Test
    void shouldSetAsideWhatIsTooLargeOnceItIsConverted() throws Exception {
        double accepted = counted("accepted");
        send(GROWING);
        send("{\"service\":\"next\",\"exceptions\":[{\"type\":\"a.Next\"}]}");

        ConsumerRecord<byte[], byte[]> letter = deadLetters("INTERNAL", 1).get(0);
        assertThat(value(letter)).isEqualTo(GROWING);
        assertThat(headers(letter)).contains("the answer cannot be published", "RecordTooLargeException");
        assertThat(published.await(event -> event.getService().equals("next"))).hasSize(1);
        assertThat(published.records())
                .noneMatch(record -> published.value(record).getService().equals("growing"));
        assertThat(counted("too_large")).isOne();
        assertThat(counted("accepted")).isEqualTo(accepted + 1);
    }

    @Test
    void shouldGiveAnEventTheSameIdWhenItsRecordIsConvertedAgain() throws Exception {
        send("{\"service\":\"again\",\"exceptions\":[{\"type\":\"a.Again\"}]}");
        String id = published
                .await(event -> event.getService().equals("again"))
                .get(0)
                .getEventId();

        service.close();
        try (Admin admin = clients.newAdmin("it")) {
            // As if the instance had died before it could commit.
            admin.deleteConsumerGroups(List.of(clients.groupId("ingest-json")))
                    .all()
                    .get();
        }
        service = started();
        send("{\"service\":\"last\",\"exceptions\":[{\"type\":\"a.Last\"}]}");
        published.await(event -> event.getService().equals("last"));

        assertThat(ids("again", 2)).hasSizeGreaterThan(1).containsOnly(id);
    }

    private static IngestService started() {
        meters = new SimpleMeterRegistry();
        IngestService made = new IngestService(config, meters, Clock.systemUTC());
        made.start();
        return made;
    }

    /** Ids of a service's events, as soon as there are as many. */
    private static List<String> ids(String name, int atLeast) {
        List<String> ids = List.of();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (ids.size() < atLeast && System.nanoTime() < end) {
            ids = published.await(event -> event.getService().equals(name)).stream()
                    .map(ErrorEvent::getEventId)
                    .toList();
        }
        return ids;
    }

    private static void send(String json) throws Exception {
        Map<String, Object> settings = new HashMap<>(clients.producer("it"));
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = json == null ? null : json.getBytes(UTF_8);
            producer.send(new ProducerRecord<>(TOPICS.jsonErrorEvents().name(), value))
                    .get();
        }
    }

    /** Events of the JSON topic, by what became of them. */
    private static double counted(String outcome) {
        return meters.counter("selfheal.ingest.events", "protocol", "kafka", "outcome", outcome)
                .count();
    }

    /** The dead letters of an error, as soon as there are so many. */
    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(String code, int count) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (Consumer<byte[], byte[]> consumer = clients.newConsumer("it", Map.of("group.id", "letters"))) {
            consumer.subscribe(List.of(TOPICS.jsonErrorEvents().deadLetterName()));
            while (letters.size() < count && System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (headers(record).contains("selfheal.error.code=" + code + "\n")) {
                        letters.add(record);
                    }
                }
            }
        }
        assertThat(letters).hasSize(count);
        return letters;
    }

    private static String value(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? "" : new String(record.value(), UTF_8);
    }

    private static String headers(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder headers = new StringBuilder();
        for (Header header : record.headers()) {
            headers.append(header.key())
                    .append('=')
                    .append(header.value() == null ? "" : new String(header.value(), UTF_8))
                    .append('\n');
        }
        return headers.toString();
    }

    private static String groupOverHttp(String json) throws Exception {
        URI errors = service.address().resolve("/v1/errors");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(errors)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body()).path("group").asText();
    }
}
