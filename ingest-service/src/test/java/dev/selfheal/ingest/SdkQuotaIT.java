package dev.selfheal.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.metrics.Meters;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.sentry.Sentry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the SDKs for Java do when their project is over its quota: one event now, another each three seconds. */
@Timeout(120)
class SdkQuotaIT {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long FLUSH_MS = 10_000;
    private static final String PROJECTS = """
            {"projects": [{"id": "2", "keys": ["limitedkey"], "eventsPerMinute": 20, "burst": 1}]}
            """;

    @TempDir
    private Path data;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private LocalCluster cluster;
    private IngestService service;
    private PublishedEvents published;

    @BeforeEach
    void start() throws Exception {
        cluster = LocalCluster.start(data.resolve("cluster"), TOPICS);
        IngestConfig config = new IngestConfig(Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                IngestConfig.PROJECTS,
                        Files.writeString(data.resolve("projects.json"), PROJECTS)
                                .toString(),
                IngestConfig.SPOOL_DIRECTORY, data.resolve("spool").toString()));
        service = new IngestService(config, meters, Clock.systemUTC());
        service.start();
        published = new PublishedEvents(new KafkaClients(config), TOPICS.errorEvents());
    }

    @AfterEach
    void stop() {
        service.close();
        cluster.close();
    }

    @Test
    void shouldHoldSentrysSdkBackAndLearnWhatItDropped() {
        String dsn = "http://limitedkey@127.0.0.1:" + service.address().getPort() + "/2";
        Sentry.init(options -> options.setDsn(dsn));
        try {
            String first = capture("first");
            String refused = capture("refused with 429");
            String heldBack = capture("held back by the SDK itself");

            String later = captureUntilOneIsPublished();

            assertThat(ids()).contains(first, later).doesNotContain(refused, heldBack);
            assertThat(overQuota())
                    .as("what the SDK holds back costs no request")
                    .isOne();
        } finally {
            Sentry.close();
        }
        assertThat(Meters.INGEST_LOST.counter(meters, "ratelimit_backoff").count())
                .isPositive();
    }

    @Test
    void shouldLetOpenTelemetrysExporterComeBackWithoutAStorm() {
        try (SdkLoggerProvider logs = SdkLoggerProvider.builder()
                .addLogRecordProcessor(SimpleLogRecordProcessor.create(OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(service.address() + "/v1/logs")
                        .addHeader("Authorization", "Bearer limitedkey")
                        .build()))
                .build()) {
            log(logs, "first");
            log(logs, "second");
            assertThat(logs.forceFlush().join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
        }

        assertThat(published.await(event -> message(event).equals("first"))).hasSize(1);
        assertThat(published.await(event -> message(event).equals("second"))).hasSize(1);
        assertThat(overQuota()).as("tries that were refused, of five at most").isBetween(1.0, 4.0);
    }

    private static String capture(String message) {
        String id = Sentry.captureException(new IllegalStateException(message)).toString();
        Sentry.flush(FLUSH_MS);
        return id;
    }

    /** Each look at the topic takes a moment, and the SDK drops what it is not yet to send: nobody is kept busy by this. */
    private String captureUntilOneIsPublished() {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            String id = capture("later");
            if (ids().contains(id)) {
                return id;
            }
        }
        throw new AssertionError("held back for longer than " + PATIENCE);
    }

    private static void log(SdkLoggerProvider logs, String message) {
        logs.get("it")
                .logRecordBuilder()
                .setSeverity(Severity.ERROR)
                .setAttribute(AttributeKey.stringKey("exception.type"), "java.lang.IllegalStateException")
                .setAttribute(AttributeKey.stringKey("exception.message"), message)
                .emit();
    }

    private List<String> ids() {
        return published.records().stream()
                .map(record -> published.value(record).getEventId())
                .toList();
    }

    private double overQuota() {
        return Meters.INGEST_PROJECT.counter(meters, "2", "over_quota").count();
    }

    private static String message(ErrorEvent event) {
        return event.getExceptions().get(0).getMessage().orElse("");
    }
}
