package dev.selfheal.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.event.StackFrame;
import dev.selfheal.metrics.Meters;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sentry's own SDK for Node, from npm, configured with nothing but a DSN, against the service with a real broker. */
@Timeout(180)
class SentryNodeSdkIT {

    private static final String SDK = "@sentry/node@11.12.0";
    private static final Path SCRIPT = Path.of("src", "test", "resources", "sentry", "cart.js");
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final String PROJECTS = """
            {"projects": [
              {"id": "1", "keys": ["unlimitedkey"]},
              {"id": "2", "keys": ["limitedkey"], "eventsPerMinute": 20, "burst": 1}
            ]}
            """;

    @TempDir
    private static Path data;

    private static NodeProject node;
    private static LocalCluster cluster;
    private static IngestService service;
    private static PublishedEvents published;
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    @BeforeAll
    static void start() throws Exception {
        node = NodeProject.with(SDK);
        cluster = LocalCluster.start(data, TOPICS);
        IngestConfig config = new IngestConfig(Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                IngestConfig.PROJECTS,
                        Files.writeString(data.resolve("projects.json"), PROJECTS)
                                .toString(),
                IngestConfig.SPOOL_DIRECTORY, data.resolve("spool").toString()));
        service = new IngestService(config, METERS, Clock.systemUTC());
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
    void shouldPublishAHandledExceptionOnceWithItsServiceAndOwnFrames() throws Exception {
        NodeProject.Result run = run("unlimitedkey", 1, "handled");

        List<ErrorEvent> events = attempts("handled");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(events).hasSize(1);
        ErrorEvent event = events.get(0);
        assertThat(event.getService()).isEqualTo("cart");
        assertThat(event.getRelease()).contains("cart@1.2.3");
        assertThat(event.getEnvironment()).isEqualTo("production");
        assertThat(event.getProtocol()).isEqualTo(IntakeProtocol.SENTRY);
        assertThat(event.getPlatform()).isEqualTo("javascript");
        assertThat(event.getSeverity()).isEqualTo(Severity.MEDIUM);
        assertThat(event.getExceptions()).extracting(ExceptionInfo::getType).containsExactly("Error", "TypeError");
        List<StackFrame> frames = event.getExceptions().get(1).getFrames();
        assertThat(frames.get(0))
                .isEqualTo(new StackFrame(
                        "node/cart", "total", "cart.js", frames.get(0).getLine(), true));
        assertThat(frames)
                .filteredOn(StackFrame::getInApp)
                .allMatch(frame -> frame.getModule().equals("node/cart"));
    }

    @Test
    void shouldPublishAnUncaughtExceptionAsCriticalUnderTheGroupOfTheSameFaultHandled() throws Exception {
        run("unlimitedkey", 1, "handled");
        NodeProject.Result run = run("unlimitedkey", 1, "uncaught");

        List<ErrorEvent> events = published.await(event -> event.getSeverity() == Severity.CRITICAL);
        assertThat(run.exitCode()).as(run.output()).isOne();
        assertThat(events).hasSize(1);
        assertThat(attempts("handled"))
                .extracting(ErrorEvent::getGroup)
                .containsOnly(events.get(0).getGroup());
        assertThat(events.get(0).getGroup())
                .isEqualTo(Traces.groupOfNode(run.output()).key());
    }

    @Test
    void shouldHoldTheSdkBackOverTheQuotaAndLearnWhatItDropped() throws Exception {
        NodeProject.Result run = run("limitedkey", 2, "over-quota");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(attempts("after the wait")).hasSize(1);
        assertThat(attempts("first")).hasSize(1);
        assertThat(published.records())
                .map(record -> published.value(record).getTags().getOrDefault("attempt", ""))
                .doesNotContain("refused with 429", "held back");
        assertThat(Meters.INGEST_LOST.counter(METERS, "ratelimit_backoff").count())
                .isPositive();
    }

    private static List<ErrorEvent> attempts(String tag) {
        return published.await(event -> tag.equals(event.getTags().get("attempt")));
    }

    private static NodeProject.Result run(String key, int project, String what) throws Exception {
        String dsn = "http://" + key + "@127.0.0.1:" + service.address().getPort() + "/" + project;
        return node.node(Map.of("DSN", dsn), SCRIPT, what);
    }
}
