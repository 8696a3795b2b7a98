package dev.selfheal.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.event.StackFrame;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs in the manual, run as they stand there, against a real broker. */
@Timeout(180)
class KafkaSnippetsIT {

    private static final Path MANUAL = Path.of("..", "docs", "kafka.md");
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    /** Debian's packages are the system interpreter's, which need not be the first on the path. */
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    @TempDir
    private static Path temp;

    private static LocalCluster cluster;
    private static Map<String, String> environment;
    private static PublishedEvents published;

    @BeforeAll
    static void start() {
        cluster = LocalCluster.start(temp.resolve("cluster"), TOPICS);
        KafkaClients clients = new KafkaClients(new ServiceConfig(
                ServiceConfig.base(),
                Map.of(
                        ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                        ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl())));
        environment =
                Map.of("BOOTSTRAP_SERVERS", cluster.bootstrapServers(), "SCHEMA_REGISTRY_URL", cluster.registryUrl());
        published = new PublishedEvents(clients, TOPICS.errorEvents());
        registerSchema(clients);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldRunTheJavaProgram() throws Exception {
        Path program = Files.writeString(temp.resolve("SendError.java"), snippet("java"));
        run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.toString());
        assertSent("own:java-cart-total", "java", "java.lang.IllegalStateException", "org.example.Cart");
    }

    @Test
    void shouldRunThePythonProgram() throws Exception {
        String python = python();
        run(
                python,
                Files.writeString(temp.resolve("send_error.py"), snippet("python"))
                        .toString());
        assertSent("own:python-cart-total", "python", "ValueError", "cart");
    }

    @Test
    void shouldRunTheNodeProgram() throws Exception {
        NodeProject.with("kafkajs@2.2.4");
        NodeProject node = NodeProject.with("@kafkajs/confluent-schema-registry@3.9.0");
        NodeProject.Result result =
                node.node(environment, Files.writeString(temp.resolve("send-error.js"), snippet("js")));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertSent("own:node-cart-total", "javascript", "TypeError", "cart");
    }

    private static void assertSent(String group, String platform, String type, String module) {
        List<ErrorEvent> events = published.await(event -> event.getGroup().equals(group));
        assertThat(events).hasSize(1);
        ErrorEvent event = events.get(0);
        assertThat(event.getService()).isEqualTo("cart");
        assertThat(event.getPlatform()).isEqualTo(platform);
        assertThat(event.getSeverity()).isEqualTo(Severity.HIGH);
        assertThat(event.getProtocol()).isEqualTo(IntakeProtocol.KAFKA);
        assertThat(event.getTags()).isEmpty();
        assertThat(event.getOccurredAt()).isBetween(Instant.now().minusSeconds(120), Instant.now());
        assertThat(event.getExceptions()).extracting(ExceptionInfo::getType).containsExactly(type);
        assertThat(event.getExceptions().get(0).getFrames())
                .extracting(StackFrame::getModule, StackFrame::getLine, StackFrame::getInApp)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(module, 17, true));
        assertThat(published.records())
                .filteredOn(record -> new String(record.key(), UTF_8).equals(group))
                .extracting(ConsumerRecord::partition)
                .as("the analysis looks for the answers there")
                .containsExactly(published.partitionOf(group));
    }

    private static String snippet(String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(MANUAL));
        assertThat(block.find()).as("a program in " + language).isTrue();
        return block.group(1);
    }

    private static String python() throws Exception {
        for (String python : PYTHONS) {
            if (status(python, "-c", "import confluent_kafka, avro.io") == 0) {
                return python;
            }
        }
        assumeTrue(false, "python3 with confluent-kafka and avro is not installed");
        throw new AssertionError();
    }

    private static void run(String... command) throws Exception {
        assertThat(status(command)).as(() -> read(temp.resolve("output.txt"))).isZero();
    }

    /** -1 for what cannot be run. */
    private static int status(String... command) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("output.txt").toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** As the first of the services that writes has done. */
    private static void registerSchema(KafkaClients clients) {
        try (Serializer<ErrorEvent> values = clients.valueSerializer()) {
            values.serialize(
                    TOPICS.errorEvents().name(),
                    ErrorEvent.newBuilder()
                            .setEventId("registers")
                            .setGroup("own:none")
                            .setService("none")
                            .setOccurredAt(Instant.EPOCH)
                            .setReceivedAt(Instant.EPOCH)
                            .setExceptions(List.of(
                                    ExceptionInfo.newBuilder().setType("none").build()))
                            .build());
        }
    }
}
