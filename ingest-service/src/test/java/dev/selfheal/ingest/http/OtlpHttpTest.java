package dev.selfheal.ingest.http;

import static dev.selfheal.ingest.http.IngestHarness.gzip;
import static dev.selfheal.ingest.http.IngestHarness.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.ingest.Traces;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpHttpTest {

    private static final String TRACE = """
            java.lang.IllegalStateException: no price
            \tat org.example.App.main(App.java:3)
            Caused by: java.lang.NullPointerException: no item
            \tat org.example.Cart.total(Cart.java:17)
            \t... 1 more
            """;
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final long NANOS = 1_795_371_703_985_000_000L;

    private final IngestHarness intake = new IngestHarness();

    @AfterEach
    void stop() {
        intake.close();
    }

    @Test
    void shouldPublishTheExceptionOfALogRecord() throws Exception {
        LogRecord record = exception(LogRecord.newBuilder())
                .setTimeUnixNano(NANOS)
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR)
                .addAttributes(attribute("thread.name", "main"))
                .build();

        HttpResponse<byte[]> answer =
                intake.post("/v1/logs", gzip(logs(record)), "Content-Type", PROTOBUF, "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(PROTOBUF);
        assertThat(ExportLogsServiceResponse.parseFrom(answer.body()).hasPartialSuccess())
                .isFalse();
        ErrorEvent event = intake.published.get(0);
        assertThat(event.getService()).isEqualTo("cart-service");
        assertThat(event.getProtocol()).isEqualTo(IntakeProtocol.OTLP);
        assertThat(event.getPlatform()).isEqualTo("java");
        assertThat(event.getRelease()).contains("1.2.3");
        assertThat(event.getEnvironment()).isEqualTo("production");
        assertThat(event.getSeverity()).isEqualTo(Severity.MEDIUM);
        assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-11-22T18:21:43.985Z"));
        assertThat(event.getTraceId()).contains(TRACE_ID);
        assertThat(event.getTags()).containsEntry("thread.name", "main").doesNotContainKey("exception.type");
        assertThat(event.getExceptions())
                .extracting(ExceptionInfo::getType)
                .containsExactly("java.lang.IllegalStateException", "java.lang.NullPointerException");
    }

    @Test
    void shouldGroupAsTheStackTraceItselfWould() throws Exception {
        intake.post("/v1/logs", logs(exception(LogRecord.newBuilder()).build()), "Content-Type", PROTOBUF);

        ErrorEvent event = intake.published.get(0);
        assertThat(event.getVariant()).isEqualTo(Traces.group(TRACE).variant());
    }

    @Test
    void shouldMakeOneEventOfAFailureThatPassesSeveralSpans() throws Exception {
        String wrapped = "java.lang.RuntimeException: outer\n\tat org.example.Web.get(Web.java:9)\nCaused by: " + TRACE;

        intake.post(
                "/v1/traces",
                spans(
                        span(event(TRACE)),
                        span(event(TRACE), Span.Event.newBuilder().setName("note"))),
                "Content-Type",
                PROTOBUF);
        intake.post("/v1/traces", spans(span(event(wrapped))), "Content-Type", PROTOBUF);
        intake.post("/v1/logs", logs(exception(LogRecord.newBuilder()).build()), "Content-Type", PROTOBUF);

        assertThat(intake.published).hasSize(3);
        assertThat(intake.published)
                .extracting(ErrorEvent::getEventId)
                .containsOnly(intake.published.get(0).getEventId());
        assertThat(intake.count("selfheal.ingest.ignored", "protocol", "otlp", "kind", "duplicate"))
                .isOne();
        assertThat(intake.count("selfheal.ingest.ignored", "protocol", "otlp", "kind", "without_exception"))
                .isOne();
    }

    @Test
    void shouldTellFailuresOfOneTraceApart() throws Exception {
        intake.post(
                "/v1/traces",
                spans(span(event(TRACE), event(TRACE.replace("Cart.java:17", "Cart.java:18")))),
                "Content-Type",
                PROTOBUF);

        assertThat(intake.published)
                .extracting(ErrorEvent::getEventId)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    /** A library's method is called from many places. */
    @Test
    void shouldTellFailuresOfOneTraceInTheSameLibraryMethodApart() throws Exception {
        String cart = failure("java.util.Objects.requireNonNull(Objects.java:233)", "a.Cart.total(Cart.java:7)");
        String order = failure("java.util.Objects.requireNonNull(Objects.java:233)", "a.Order.place(Order.java:30)");

        intake.post("/v1/traces", spans(span(event(cart), event(order))), "Content-Type", PROTOBUF);

        assertThat(intake.published)
                .extracting(ErrorEvent::getEventId)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    /** Printed as a cause, an exception lacks the frames that it has in common with what wraps it. */
    @Test
    void shouldMakeOneEventOfAFailureWhoseFramesAreLeftOutOnTheWay() throws Exception {
        String library = "java.util.Objects.requireNonNull(Objects.java:233)";
        String full = failure(library, "a.Cart.total(Cart.java:7)", "a.Web.get(Web.java:3)");
        String cause = "java.lang.RuntimeException: outer\n\tat a.Web.get(Web.java:3)\nCaused by: "
                + failure(library, "a.Cart.total(Cart.java:7)") + "\t... 1 more\n";

        intake.post("/v1/traces", spans(span(event(full), event(cause))), "Content-Type", PROTOBUF);

        assertThat(intake.published).hasSize(1);
    }

    @Test
    void shouldTellFailuresOfOneMillisecondApartOutsideOfTraces() throws Exception {
        String records = Stream.of("1795371703985000100", "1795371703985000900")
                .map(nanos -> "{\"timeUnixNano\":\"" + nanos
                        + "\",\"attributes\":[{\"key\":\"exception.type\",\"value\":{\"stringValue\":\"E\"}}]}")
                .collect(Collectors.joining(","));
        String body = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + records + "]}]}]}";

        for (int sent = 0; sent < 2; sent++) {
            intake.post("/v1/logs", body.getBytes(UTF_8), "Content-Type", "application/json");
        }

        List<String> ids = intake.published.stream().map(ErrorEvent::getEventId).toList();
        assertThat(ids).hasSize(4);
        assertThat(ids.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(ids.subList(2, 4));
        assertThat(intake.published.get(0).getOccurredAt()).isEqualTo(Instant.ofEpochMilli(1_795_371_703_985L));
    }

    private static String failure(String... frames) {
        return "java.lang.NullPointerException: x\n\tat " + String.join("\n\tat ", frames) + "\n";
    }

    @Test
    void shouldReadJson() throws Exception {
        String body = """
                {"resourceLogs":[{"resource":{"attributes":[
                   {"key":"service.name","value":{"stringValue":"cart"}},
                   {"key":"telemetry.sdk.language","value":{"stringValue":"nodejs"}}]},
                  "scopeLogs":[{"logRecords":[
                   {"body":{"stringValue":"hello"}},
                   {"timeUnixNano":"1795371703985000000","severityNumber":21,"traceId":"4BF92F3577B34DA6A3CE929D0E0E4736",
                    "attributes":[{"key":"exception.type","value":{"stringValue":"TypeError"}},
                     {"key":"http.status","value":{"intValue":"500"}},
                     {"key":"list","value":{"arrayValue":{"values":[]}}},
                     {"key":"exception.stacktrace","value":{"stringValue":"TypeError: x\\n    at total (/srv/cart.js:2:41)"}}]}]}]}]}
                """;

        HttpResponse<byte[]> answer = intake.post("/v1/logs", body.getBytes(UTF_8), "Content-Type", "application/json");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).isEqualTo(new ObjectMapper().readTree("{}"));
        ErrorEvent event = intake.published.get(0);
        assertThat(event.getService()).isEqualTo("cart");
        assertThat(event.getPlatform()).isEqualTo("javascript");
        assertThat(event.getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(event.getTraceId()).contains(TRACE_ID);
        assertThat(event.getTags()).containsOnlyKeys("http.status");
        assertThat(event.getExceptions().get(0).getFrames().get(0).getFunction())
                .isEqualTo("total");
    }

    @Test
    void shouldTakeTypeAndMessageOfAnExceptionWithoutStackTrace() throws Exception {
        String body = """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"events":[{"attributes":[
                 {"key":"exception.message","value":{"stringValue":"no price"}}]}]}]}]}]}
                """;

        intake.post("/v1/traces", body.getBytes(UTF_8), "Content-Type", "application/json; charset=utf-8");

        ErrorEvent event = intake.published.get(0);
        assertThat(event.getService()).isEqualTo("unknown_service");
        assertThat(event.getPlatform()).isEqualTo("other");
        assertThat(event.getExceptions().get(0).getType()).isEqualTo("Error");
        assertThat(event.getExceptions().get(0).getMessage()).contains("no price");
    }

    @Test
    void shouldNameGosErrorByItsAttributes() throws Exception {
        Resource go = Resource.newBuilder()
                .addAttributes(attribute("service.name", "cart"))
                .addAttributes(attribute("telemetry.sdk.language", "go"))
                .build();
        LogRecord record = LogRecord.newBuilder()
                .addAttributes(attribute("exception.type", "*cart.PriceError"))
                .addAttributes(attribute("exception.message", "no price"))
                .addAttributes(attribute(
                        "exception.stacktrace", "goroutine 1 [running]:\nmain.total()\n\t/srv/cart.go:7 +0x1d\n"))
                .build();

        intake.post("/v1/logs", logs(go, record), "Content-Type", PROTOBUF);

        ExceptionInfo error = intake.published.get(0).getExceptions().get(0);
        assertThat(error.getType()).isEqualTo("*cart.PriceError");
        assertThat(error.getMessage()).contains("no price");
        assertThat(error.getFrames().get(0).getFile()).contains("cart.go");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/logs", "/v1/traces"})
    void shouldTakeTheServiceOfTheKey(String path) throws Exception {
        byte[] body = path.endsWith("logs")
                ? logs(
                        Resource.getDefaultInstance(),
                        exception(LogRecord.newBuilder()).build())
                : spans(Resource.getDefaultInstance(), span(event(TRACE)));

        intake.post(path, body, "Content-Type", PROTOBUF, "Authorization", "Bearer shop-key");

        assertThat(intake.published).extracting(ErrorEvent::getService).containsExactly("basket");
    }

    @Test
    void shouldRefuseAKeyThatIsNobodys() throws Exception {
        HttpResponse<byte[]> answer = intake.post(
                "/v1/logs",
                logs(LogRecord.getDefaultInstance()),
                "Content-Type",
                PROTOBUF,
                "Authorization",
                "Bearer wrong");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(status(answer)).startsWith("7 ");
    }

    @Test
    void shouldLoseNoOtherRecordToAMalformedOne() throws Exception {
        LogRecord tooLarge = exception(LogRecord.newBuilder())
                .addAttributes(attribute("x", "x".repeat(IngestHarness.LIMITS.eventBytes())))
                .build();

        HttpResponse<byte[]> answer = intake.post(
                "/v1/logs",
                logs(deep(200), tooLarge, exception(LogRecord.newBuilder()).build()),
                "Content-Type",
                PROTOBUF);

        ExportLogsServiceResponse response = ExportLogsServiceResponse.parseFrom(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(response.getPartialSuccess().getRejectedLogRecords()).isEqualTo(2);
        assertThat(response.getPartialSuccess().getErrorMessage()).contains("log record");
        assertThat(intake.published).hasSize(1);
        assertThat(intake.count("selfheal.ingest.events", "protocol", "otlp", "outcome", "too_large"))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "nonsense", "\n\u007f"})
    void shouldAnswer400WhenBodyIsNoProtobuf(String body) throws Exception {
        HttpResponse<byte[]> answer = intake.post("/v1/traces", body.getBytes(UTF_8), "Content-Type", PROTOBUF);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(status(answer)).startsWith("3 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"resourceLogs\":7}|/resourceLogs",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[7]}]}]}|/resourceLogs/0/scopeLogs/0/logRecords/0",
                "[]|",
                "{|"
            })
    void shouldNameTheFieldWhenJsonIsMalformed(String body, String field) throws Exception {
        HttpResponse<byte[]> answer = intake.post("/v1/logs", body.getBytes(UTF_8), "Content-Type", "application/json");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").asInt()).isEqualTo(3);
        assertThat(json(answer).path("message").asText()).contains(field == null ? "" : field);
    }

    @Test
    void shouldNeverFailOnATruncatedRequest() throws Exception {
        byte[] whole = logs(exception(LogRecord.newBuilder()).build());
        for (int length = 0; length < whole.length; length += 11) {
            assertThat(intake.post("/v1/logs", Arrays.copyOf(whole, length), "Content-Type", PROTOBUF)
                            .statusCode())
                    .isIn(200, 400);
        }
        assertThat(intake.published).isEmpty();
    }

    @Test
    void shouldRefuseBombs() throws Exception {
        assertThat(intake.post(
                                "/v1/logs",
                                gzip(new byte[100 << 20]),
                                "Content-Type",
                                PROTOBUF,
                                "Content-Encoding",
                                "gzip")
                        .statusCode())
                .isEqualTo(413);
        assertThat(intake.post("/v1/logs", "[".repeat(100_000).getBytes(UTF_8), "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldRefuseMoreExceptionsThanAllowed() throws Exception {
        LogRecord[] records = new LogRecord[IngestHarness.LIMITS.eventsPerRequest() + 1];
        Arrays.fill(records, exception(LogRecord.newBuilder()).build());

        assertThat(intake.post("/v1/logs", logs(records), "Content-Type", PROTOBUF)
                        .statusCode())
                .isEqualTo(413);
        assertThat(intake.published).isEmpty();
    }

    @Test
    void shouldAskToRepeatWhenKafkaDoesNotAcknowledge() throws Exception {
        intake.acknowledgement = CompletableFuture.failedFuture(new IOException("disk full"));

        HttpResponse<byte[]> answer = intake.post("/v1/traces", spans(span(event(TRACE))), "Content-Type", PROTOBUF);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("30");
        assertThat(status(answer)).startsWith("14 ");
    }

    @Test
    void shouldAnswerTracesWithTheirOwnMessage() throws Exception {
        Span.Event tooLarge =
                event("x".repeat(IngestHarness.LIMITS.eventBytes())).build();

        HttpResponse<byte[]> answer =
                intake.post("/v1/traces", spans(span(tooLarge.toBuilder())), "Content-Type", PROTOBUF);

        assertThat(ExportTraceServiceResponse.parseFrom(answer.body())
                        .getPartialSuccess()
                        .getRejectedSpans())
                .isOne();
    }

    @Test
    void shouldRefuseOtherContentTypes() throws Exception {
        assertThat(intake.post("/v1/logs", new byte[0], "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
    }

    private static byte[] logs(LogRecord... records) {
        return logs(cart(), records);
    }

    private static byte[] logs(Resource resource, LogRecord... records) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource)
                        .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(Arrays.asList(records))))
                .build()
                .toByteArray();
    }

    private static byte[] spans(Span... spans) {
        return spans(cart(), spans);
    }

    private static byte[] spans(Resource resource, Span... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource)
                        .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(Arrays.asList(spans))))
                .build()
                .toByteArray();
    }

    private static Resource cart() {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", "Cart Service"))
                .addAttributes(attribute("service.version", "1.2.3"))
                .addAttributes(attribute("deployment.environment", "production"))
                .addAttributes(attribute("telemetry.sdk.language", "java"))
                .build();
    }

    private static Span span(Span.Event.Builder... events) {
        Span.Builder span = Span.newBuilder().setTraceId(traceId()).setName("GET /cart");
        for (Span.Event.Builder event : events) {
            span.addEvents(event);
        }
        return span.build();
    }

    private static Span.Event.Builder event(String trace) {
        return Span.Event.newBuilder().setName("exception").addAttributes(attribute("exception.stacktrace", trace));
    }

    private static LogRecord.Builder exception(LogRecord.Builder record) {
        return record.setTraceId(traceId())
                .addAttributes(attribute("exception.type", "java.lang.IllegalStateException"))
                .addAttributes(attribute("exception.stacktrace", TRACE));
    }

    /** An attribute with lists in lists. */
    private static LogRecord deep(int depth) {
        AnyValue value = AnyValue.newBuilder().setIntValue(7).build();
        for (int i = 0; i < depth; i++) {
            value = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(value))
                    .build();
        }
        return LogRecord.newBuilder()
                .addAttributes(KeyValue.newBuilder().setKey("deep").setValue(value))
                .build();
    }

    private static ByteString traceId() {
        return ByteString.copyFrom(HexFormat.of().parseHex(TRACE_ID));
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    /** Code and message of a {@code google.rpc.Status}. */
    private static String status(HttpResponse<byte[]> answer) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(answer.body());
        in.readTag();
        int code = in.readInt32();
        in.readTag();
        return code + " " + in.readString();
    }
}
