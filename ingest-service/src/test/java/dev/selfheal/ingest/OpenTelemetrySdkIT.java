package dev.selfheal.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.ServiceConfig;
import dev.selfheal.embedded.LocalCluster;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's own Java exporters against the service with a real broker. */
@Timeout(120)
class OpenTelemetrySdkIT {

    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
    private static final Resource CART = Resource.getDefault()
            .merge(Resource.create(Attributes.of(
                    AttributeKey.stringKey("service.name"), "cart",
                    AttributeKey.stringKey("service.version"), "1.2.3")));

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
                ServiceConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl()));
        service = new IngestService(config, new SimpleMeterRegistry(), Clock.systemUTC());
        service.start();
        published = new PublishedEvents(new KafkaClients(config), TOPICS.errorEvents());
    }

    @AfterAll
    static void stop() {
        service.close();
        cluster.close();
    }

    @Test
    void shouldPublishTheExceptionOfALogRecordUnderTheGroupOfItsStackTrace() {
        RuntimeException thrown = failure("logged");
        try (SdkLoggerProvider logs = SdkLoggerProvider.builder()
                .setResource(CART)
                .addLogRecordProcessor(SimpleLogRecordProcessor.create(OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(service.address() + "/v1/logs")
                        .setCompression("gzip")
                        .build()))
                .build()) {
            logs.get("it")
                    .logRecordBuilder()
                    .setSeverity(Severity.ERROR)
                    .setBody("cart failed")
                    .setAttribute(
                            AttributeKey.stringKey("exception.type"),
                            thrown.getClass().getName())
                    .setAttribute(AttributeKey.stringKey("exception.message"), thrown.getMessage())
                    .setAttribute(AttributeKey.stringKey("exception.stacktrace"), trace(thrown))
                    .emit();
            assertThat(logs.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
        }

        List<ErrorEvent> events = published.await(event -> message(event).equals("no price, logged"));

        assertThat(events).hasSize(1);
        assertThat(events.get(0).getGroup())
                .isEqualTo(Traces.group(trace(thrown)).key());
        assertThat(events.get(0).getService()).isEqualTo("cart");
        assertThat(events.get(0).getRelease()).contains("1.2.3");
        assertThat(events.get(0).getProtocol()).isEqualTo(IntakeProtocol.OTLP);
        assertThat(events.get(0).getPlatform()).isEqualTo("java");
    }

    @Test
    void shouldGiveAFailureOneIdWhenSeveralSpansRecordIt() {
        RuntimeException thrown = failure("traced");
        String traceId;
        try (SdkTracerProvider traces = SdkTracerProvider.builder()
                .setResource(CART)
                .addSpanProcessor(SimpleSpanProcessor.create(OtlpHttpSpanExporter.builder()
                        .setEndpoint(service.address() + "/v1/traces")
                        .build()))
                .build()) {
            Tracer tracer = traces.get("it");
            Span outer = tracer.spanBuilder("outer").startSpan();
            traceId = outer.getSpanContext().getTraceId();
            tracer.spanBuilder("inner")
                    .setParent(Context.root().with(outer))
                    .startSpan()
                    .recordException(thrown)
                    .end();
            outer.recordException(thrown);
            outer.end();
            assertThat(traces.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        }

        List<ErrorEvent> events = published.await(
                event -> event.getTraceId().filter(traceId::equals).isPresent());

        assertThat(events).isNotEmpty();
        assertThat(events)
                .extracting(ErrorEvent::getEventId)
                .containsOnly(events.get(0).getEventId());
        assertThat(events)
                .extracting(ErrorEvent::getGroup)
                .containsOnly(Traces.group(trace(thrown)).key());
    }

    private static RuntimeException failure(String which) {
        return new IllegalStateException("no price, " + which);
    }

    private static String message(ErrorEvent event) {
        return event.getExceptions().get(0).getMessage().orElse("");
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
