package dev.selfheal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances, one of them in a JVM of its own, which is killed at the end. */
class ReadModelIT {

    private static final int GROUPS = 24;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final String PREFIX = "reads.";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static LocalCluster cluster;
    private static AnalysisService here;
    private static Process child;
    private static URI first;
    private static URI second;

    @BeforeAll
    static void start() throws Exception {
        cluster = LocalCluster.start(folder.resolve("kafka"), new Topics(PREFIX));
        here = new AnalysisService(new AnalysisConfig(values("here", 0)), new SimpleMeterRegistry(), Clock.systemUTC());
        here.start();
        first = here.queryAddress().orElseThrow();
        int port = freePort();
        second = URI.create("http://127.0.0.1:" + port);
        child = startChild(port);
        publishErrors();
        await(first, "/v1/groups?limit=100", ReadModelIT::isWhole);
        await(second, "/v1/groups?limit=100", ReadModelIT::isWhole);
        await(
                first,
                "/v1/kpis",
                body -> body.path("kpis").findValuesAsText("service").size() == 4);
        assertThat(holders()).as("both instances hold groups").hasSize(2);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        child.destroyForcibly().waitFor();
        here.close();
        cluster.close();
    }

    @Test
    void shouldGiveTheSameFromEitherInstanceAndBeWholeAgainWhenOneIsKilled() throws Exception {
        for (String path : List.of("/v1/groups?limit=7", "/v1/cases?limit=100", "/v1/kpis", "/v1/breakers")) {
            assertThat(get(second, path).body())
                    .as(path)
                    .isEqualTo(get(first, path).body());
        }
        for (int i = 0; i < GROUPS; i++) {
            String path = "/v1/groups/" + encoded(group(i));
            HttpResponse<String> answer = get(first, path);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(get(second, path).body()).isEqualTo(answer.body());
            String caseId =
                    JSON.readTree(answer.body()).path("case").path("caseId").asText();
            assertThat(get(first, "/v1/cases/" + caseId).body())
                    .isEqualTo(get(second, "/v1/cases/" + caseId).body())
                    .contains(group(i));
        }
        assertThat(get(first, "/v1/cases/case-unknown").statusCode()).isEqualTo(404);
        assertThat(pagesOf(first, 5)).isEqualTo(pagesOf(second, 7)).hasSize(GROUPS);

        child.destroyForcibly().waitFor();
        HttpResponse<String> partial = get(first, "/v1/groups?limit=100");
        assertThat(partial.statusCode()).as(partial.body()).isEqualTo(200);
        assertThat(JSON.readTree(partial.body()).path("partial").asBoolean()).isTrue();
        assertThat(JSON.readTree(partial.body()).path("unreachable").findValuesAsText("instance"))
                .containsExactly(second.getAuthority());
        assertThat(statuses()).contains(200, 503).hasSize(2);

        await(first, "/v1/groups?limit=100", ReadModelIT::isWhole);
        for (int i = 0; i < GROUPS; i++) {
            await(first, "/v1/groups/" + encoded(group(i)), body -> body.has("trend"));
        }
    }

    private static boolean isWhole(JsonNode body) {
        return body.has("partial")
                && !body.path("partial").asBoolean()
                && body.path("groups").size() == GROUPS;
    }

    /** Instances that answer for groups of their own when they are asked for their part alone. */
    private static List<URI> holders() throws Exception {
        List<URI> holders = new ArrayList<>();
        for (URI instance : List.of(first, second)) {
            HttpRequest request = HttpRequest.newBuilder(instance.resolve("/v1/groups?limit=100"))
                    .header("Selfheal-Hop", "1")
                    .build();
            JsonNode part =
                    JSON.readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
            if (!part.path("groups").isEmpty()) {
                holders.add(instance);
            }
        }
        return holders;
    }

    private static TreeSet<Integer> statuses() throws Exception {
        TreeSet<Integer> statuses = new TreeSet<>();
        for (int i = 0; i < GROUPS; i++) {
            statuses.add(get(first, "/v1/groups/" + encoded(group(i))).statusCode());
        }
        return statuses;
    }

    private static List<String> pagesOf(URI instance, int limit) throws Exception {
        List<String> groups = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = JSON.readTree(get(instance, "/v1/groups?limit=" + limit + "&after=" + after)
                    .body());
            groups.addAll(page.path("groups").findValuesAsText("group"));
            after = page.path("next").asText();
        } while (!after.isEmpty());
        return groups;
    }

    private static void publishErrors() {
        Topics topics = new Topics(PREFIX);
        KafkaClients clients = new KafkaClients(new AnalysisConfig(values("test", 0)));
        try (Producer<byte[], byte[]> producer = clients.newProducer("test")) {
            for (int service = 0; service < 3; service++) {
                publish(
                        clients,
                        producer,
                        topics.policies(),
                        Samples.policy().setService("shop-" + service).build());
            }
            for (int i = 0; i < GROUPS; i++) {
                ErrorEvent event = Samples.reproducible("e" + i, NOW.plusMillis(i))
                        .setGroup(group(i))
                        .setService("shop-" + i % 3)
                        .build();
                publish(clients, producer, topics.errorEvents(), event);
            }
        }
    }

    private static <T extends SpecificRecord> void publish(
            KafkaClients clients, Producer<byte[], byte[]> producer, Topic<T> topic, T value) {
        Serializer<T> serializer = clients.valueSerializer();
        byte[] key = topic.keyOf(value).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = serializer.serialize(topic.name(), value);
        assertThat(producer.send(new ProducerRecord<>(topic.name(), key, bytes)))
                .succeedsWithin(LONGEST_WAIT);
    }

    private static String group(int i) {
        return String.format("v1:%032x", i);
    }

    private static String encoded(String group) {
        return URLEncoder.encode(group, StandardCharsets.UTF_8);
    }

    private static Map<String, String> values(String name, int port) {
        Map<String, String> values = new HashMap<>();
        values.put(ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
        values.put(ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl());
        values.put(ServiceConfig.TOPIC_PREFIX, PREFIX);
        values.put(ServiceConfig.HTTP_PORT, Integer.toString(port));
        values.put(AnalysisConfig.APPLICATION_ID, PREFIX + "analysis");
        values.put(AnalysisConfig.STATE_DIR, folder.resolve(name).toString());
        values.put("streams.session.timeout.ms", "10000");
        values.put("streams.heartbeat.interval.ms", "1000");
        return values;
    }

    private static Process startChild(int port) throws IOException {
        Path file = folder.resolve("child.properties");
        Properties properties = new Properties();
        properties.putAll(values("child", port));
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, "the second instance");
        }
        Path log = folder.resolve("child.log");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnalysisMain.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static HttpResponse<String> get(URI instance, String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(instance.resolve(path)).build(), BodyHandlers.ofString());
    }

    /** Asks again until the answer is wanted; the child may not listen yet. */
    private static void await(URI instance, String path, Predicate<JsonNode> wanted) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        String last = "none";
        while (System.nanoTime() < end) {
            try {
                last = get(instance, path).body();
                if (wanted.test(JSON.readTree(last))) {
                    return;
                }
            } catch (IOException e) {
                last = e.toString();
            }
            if (!child.isAlive()) {
                child.waitFor(10, TimeUnit.MILLISECONDS);
            }
        }
        throw new AssertionError(
                "not what is wanted of " + path + " within " + LONGEST_WAIT + ": " + last + childLog());
    }

    private static String childLog() {
        try {
            return "\n" + Files.readString(folder.resolve("child.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
