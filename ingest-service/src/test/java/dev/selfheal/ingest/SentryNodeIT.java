package dev.selfheal.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.event.StackFrame;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sentry's SDK for Node, fetched by npm, against the service with a real broker. Skips where npm cannot fetch it. */
@Timeout(240)
class SentryNodeIT {

    private static final String SDK = "@sentry/node@11.12.0";
    private static final long FETCH_SECONDS = 100;
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    /** Outlives a test run, so that a machine fetches it once. */
    private static final Path MODULES = Path.of("target", "sentry-node");

    @TempDir
    private static Path data;

    private static LocalCluster cluster;
    private static IngestService service;
    private static PublishedEvents published;
    private static SimpleMeterRegistry meters;

    @BeforeAll
    static void start() throws Exception {
        fetch();
        cluster = LocalCluster.start(data.resolve("cluster"), TOPICS);
        Path projects = Files.writeString(data.resolve("projects.json"), """
                {"projects": [
                  {"id": "1", "keys": ["openkey1"]},
                  {"id": "2", "keys": ["tightkey"], "service": "tight", "eventsPerMinute": 1, "burst": 1}
                ]}
                """);
        IngestConfig config = new IngestConfig(Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                IngestConfig.PROJECTS, projects.toString(),
                IngestConfig.SPOOL_DIRECTORY, data.resolve("spool").toString()));
        meters = new SimpleMeterRegistry();
        service = new IngestService(config, meters, Clock.systemUTC());
        service.start();
        published = new PublishedEvents(new KafkaClients(config), TOPICS.errorEvents());
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
            cluster.close();
        }
    }

    @Test
    void shouldPublishAHandledError() throws Exception {
        Output output = run("handled", "openkey1", "1");

        assertThat(output.exitCode()).as(output.text()).isZero();
        String id = output.text().strip();
        List<ErrorEvent> events = published.await(event -> event.getEventId().equals(id));
        assertThat(events).hasSize(1);
        ErrorEvent event = events.get(0);
        assertThat(event.getService()).isEqualTo("cart");
        assertThat(event.getProtocol()).isEqualTo(IntakeProtocol.SENTRY);
        assertThat(event.getPlatform()).isEqualTo("javascript");
        assertThat(event.getEnvironment()).isEqualTo("production");
        assertThat(event.getExceptions().get(0).getType()).isEqualTo("TypeError");
        StackFrame place = event.getExceptions().get(0).getFrames().get(0);
        assertThat(place.getFunction()).isEqualTo("priceOf");
        assertThat(place.getFile()).contains("shop.js");
        assertThat(place.getInApp()).isTrue();
    }

    @Test
    void shouldPublishAnUncaughtErrorAsCriticalAndGroupItWithItsLike() throws Exception {
        run("uncaught", "openkey1", "1");
        run("uncaught", "openkey1", "1");

        List<ErrorEvent> events = published.await(event -> event.getSeverity() == Severity.CRITICAL);
        if (events.size() < 2) {
            events = published.await(event -> event.getSeverity() == Severity.CRITICAL);
        }
        assertThat(events).hasSize(2);
        assertThat(events)
                .extracting(ErrorEvent::getGroup)
                .containsOnly(events.get(0).getGroup());
        assertThat(events.get(0).getExceptions().get(0).getFrames().get(0).getFunction())
                .isEqualTo("priceOf");
    }

    @Test
    void shouldHoldTheSdkBackOverTheQuotaAndHearWhatItDropped() throws Exception {
        Output output = run("limited", "tightkey", "2");

        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(published.await(event -> event.getService().equals("tight")))
                .hasSize(1)
                .allMatch(event -> event.getProtocol() == IntakeProtocol.SENTRY);
        // The second was refused; the SDK kept the others to itself and said so.
        assertThat(count("selfheal.ingest.project.events", "project", "2", "outcome", "over_quota"))
                .isOne();
        assertThat(meters.find("selfheal.ingest.lost").counters()).anyMatch(counter -> counter.count() >= 2);
    }

    private static double count(String meter, String... tags) {
        return meters.counter(meter, tags).count();
    }

    private record Output(int exitCode, String text) {}

    private static Output run(String what, String key, String project) throws Exception {
        String dsn = "http://" + key + "@127.0.0.1:" + service.address().getPort() + "/" + project;
        return run(60, Map.of("SENTRY_DSN", dsn), "node", "shop.js", what);
    }

    /** Skips all where it cannot be had. */
    private static void fetch() throws Exception {
        Files.createDirectories(MODULES);
        Files.copy(
                Path.of("src", "test", "resources", "sentry-node", "shop.js"),
                MODULES.resolve("shop.js"),
                StandardCopyOption.REPLACE_EXISTING);
        if (!Files.isDirectory(MODULES.resolve("node_modules/@sentry/node"))) {
            Output fetched = new Output(-1, "npm is not installed");
            try {
                fetched = run(
                        FETCH_SECONDS,
                        Map.of(),
                        "npm",
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--no-save",
                        "--ignore-scripts",
                        "--prefix",
                        ".",
                        SDK);
            } catch (IOException e) {
                assumeTrue(false, "npm is not installed: " + e.getMessage());
            }
            assumeTrue(fetched.exitCode() == 0, "npm cannot fetch " + SDK + ": " + fetched.text());
        }
    }

    private static Output run(long seconds, Map<String, String> environment, String... command) throws Exception {
        Path output = Files.createTempFile(data, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(MODULES.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Output(ended ? process.exitValue() : -1, Files.readString(output, UTF_8));
    }
}
