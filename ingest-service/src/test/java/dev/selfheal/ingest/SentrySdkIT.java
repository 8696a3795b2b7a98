package dev.selfheal.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.event.StackFrame;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentry.Sentry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sentry's own Java SDK, configured with nothing but a DSN, against the service with a real broker. */
@Timeout(120)
class SentrySdkIT {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final long FLUSH_MS = 10_000;

    @TempDir
    private static Path data;

    private static LocalCluster cluster;
    private static IngestService service;
    private static PublishedEvents published;

    @BeforeAll
    static void start() {
        cluster = LocalCluster.start(data, TOPICS);
        IngestConfig config = new IngestConfig(Map.of(
                ServiceConfig.BOOTSTRAP_SERVERS, cluster.bootstrapServers(),
                ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl(),
                IngestConfig.SPOOL_DIRECTORY, data.resolve("spool").toString()));
        service = new IngestService(config, new SimpleMeterRegistry(), Clock.systemUTC());
        service.start();
        published = new PublishedEvents(new KafkaClients(config), TOPICS.errorEvents());
        String dsn = "http://key@127.0.0.1:" + service.address().getPort() + "/1";
        Sentry.init(options -> {
            options.setDsn(dsn);
            options.setRelease("cart@1.2.3");
            options.setEnvironment("production");
        });
    }

    @AfterAll
    static void stop() {
        Sentry.close();
        service.close();
        cluster.close();
    }

    @Test
    void shouldPublishAHandledExceptionUnderTheGroupOfItsStackTrace() {
        Exception thrown = failure("handled");

        String id = Sentry.captureException(thrown).toString();

        Sentry.flush(FLUSH_MS);
        List<ErrorEvent> events = published.await(event -> event.getEventId().equals(id));
        assertThat(events).hasSize(1);
        ErrorEvent event = events.get(0);
        assertThat(event.getGroup()).isEqualTo(groupOf(thrown));
        assertThat(event.getService()).isEqualTo("cart");
        assertThat(event.getProtocol()).isEqualTo(IntakeProtocol.SENTRY);
        assertThat(event.getRelease()).contains("cart@1.2.3");
        assertThat(event.getEnvironment()).isEqualTo("production");
        assertThat(event.getExceptions())
                .extracting(exception -> exception.getType())
                .containsExactly("java.lang.IllegalStateException", "java.util.NoSuchElementException");
        StackFrame place = event.getExceptions().get(1).getFrames().get(0);
        assertThat(place.getModule()).isEqualTo(SentrySdkIT.class.getName());
        assertThat(place.getFunction()).isEqualTo("find");
        assertThat(place.getInApp()).isTrue();
    }

    @Test
    void shouldPublishAnUncaughtExceptionAsCritical() throws InterruptedException {
        RuntimeException thrown = failure("uncaught");
        Thread dying = new Thread(() -> {
            throw thrown;
        });

        dying.start();
        dying.join();

        Sentry.flush(FLUSH_MS);
        List<ErrorEvent> events = published.await(
                event -> event.getExceptions().get(0).getMessage().equals(thrownMessage("uncaught")));
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(events.get(0).getGroup()).isEqualTo(groupOf(thrown));
    }

    @Test
    void shouldPublishNothingForAMessage() {
        String message = Sentry.captureMessage("all is well").toString();
        String next = Sentry.captureException(failure("after the message")).toString();

        Sentry.flush(FLUSH_MS);
        // Sent one after the other: had the message been published, it would come before.
        assertThat(published.await(event -> event.getEventId().equals(next))).hasSize(1);
        assertThat(published.records())
                .noneMatch(record -> published.value(record).getEventId().equals(message));
    }

    private static Optional<String> thrownMessage(String which) {
        return Optional.of("no price, " + which);
    }

    private static IllegalStateException failure(String which) {
        try {
            return find(List.of());
        } catch (NoSuchElementException e) {
            return new IllegalStateException(thrownMessage(which).orElseThrow(), e);
        }
    }

    private static IllegalStateException find(List<IllegalStateException> none) {
        if (none.isEmpty()) {
            throw new NoSuchElementException("no item 17");
        }
        return none.get(0);
    }

    private static String groupOf(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return Traces.group(trace.toString()).key();
    }
}
