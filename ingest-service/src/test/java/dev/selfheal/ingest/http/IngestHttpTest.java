package dev.selfheal.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.limit.ProjectRates;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.Intake;
import dev.selfheal.scrub.Scrubber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngestHttpTest {

    private static final String EVENT =
            "{\"service\":\"cart\",\"eventId\":\"e-1\",\"exceptions\":[{\"type\":\"a.E\",\"message\":\"mail a@example.org\"}]}";
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
    private static final Limits LIMITS = new Limits(50_000, 20_000, 150, 16, 100);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<ErrorEvent> published = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private CompletableFuture<Void> acknowledgement = CompletableFuture.completedFuture(null);
    private IngestHttp http;

    @BeforeEach
    void start() {
        IngestMeters meters = new IngestMeters(registry);
        Intake intake = new Intake(
                new EventAssembler(InAppPackages.parse(List.of()), new Scrubber(List.of())),
                event -> {
                    published.add(event);
                    return acknowledgement;
                },
                Clock.fixed(NOW, ZoneOffset.UTC),
                meters);
        http = new IngestHttp(
                Listener.plain("127.0.0.1", 0),
                LIMITS,
                new MemoryBudget(1 << 20),
                intake,
                meters,
                IngestHarness.KEYS,
                ProjectRates.UNLIMITED);
        http.start();
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void shouldAnswerWithIdAndGroupWhenEventIsAccepted() throws Exception {
        HttpResponse<String> answer = post("application/json", EVENT);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer))
                .isEqualTo(JSON.readTree(
                        "{\"eventId\":\"e-1\",\"group\":\"" + published.get(0).getGroup() + "\"}"));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void shouldPublishScrubbedEventWithTimeOfReceipt() throws Exception {
        post("application/json", EVENT);

        ErrorEvent event = published.get(0);
        assertThat(event.getExceptions().get(0).getMessage()).contains("mail [scrubbed:email]");
        assertThat(event.getScrubbed()).isOne();
        assertThat(event.getReceivedAt()).isEqualTo(NOW);
        assertThat(event.getOccurredAt()).isEqualTo(NOW);
        assertThat(registry.counter("selfheal.ingest.scrubbed", "kind", "email").count())
                .isOne();
    }

    @Test
    void shouldTakeTimeOfReceiptWhenSendersClockIsAhead() throws Exception {
        post("application/json", EVENT.replace("}]}", "}],\"occurredAt\":\"2099-01-01T00:00:00Z\"}"));

        assertThat(published.get(0).getOccurredAt()).isEqualTo(NOW);
    }

    @Test
    void shouldMakeEventIdWhenNoneIsGiven() throws Exception {
        HttpResponse<String> answer = post("application/json", EVENT.replace("\"eventId\":\"e-1\",", ""));

        assertThat(json(answer).path("eventId").asText()).matches("[0-9a-f-]{36}");
    }

    @Test
    void shouldNameFieldsItIgnored() throws Exception {
        HttpResponse<String> answer =
                post("application/json", EVENT.replace("{\"service\"", "{\"sevice\":1,\"service\""));

        assertThat(json(answer).path("ignored")).isEqualTo(JSON.readTree("[\"/sevice\"]"));
    }

    @Test
    void shouldNameTheFieldWhenEventIsInvalid() throws Exception {
        HttpResponse<String> answer = post("application/json", EVENT.replace("\"type\":\"a.E\",", ""));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("INVALID");
        assertThat(json(answer).at("/error/field").asText()).isEqualTo("/exceptions/0/type");
        assertThat(json(answer).at("/error/message").asText()).contains("required");
        assertThat(published).isEmpty();
        assertThat(registry.counter("selfheal.ingest.events", "protocol", "json", "outcome", "refused")
                        .count())
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\u0000", "{\"service\":\"\ud800\"}", "<xml/>"})
    void shouldAnswer400WhenBodyIsNoEvent(String body) throws Exception {
        assertThat(post("application/json", body).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldAcceptGzip() throws Exception {
        assertThat(send(request("application/json", gzip(EVENT.getBytes(UTF_8))).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void shouldRefuseTruncatedGzip() throws Exception {
        byte[] zipped = gzip(EVENT.getBytes(UTF_8));
        byte[] half = java.util.Arrays.copyOf(zipped, zipped.length / 2);
        HttpResponse<String> answer = send(request("application/json", half).header("Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText()).contains("gzip");
    }

    @Test
    void shouldRefusePlainTextThatClaimsToBeGzip() throws Exception {
        assertThat(send(request("application/json", EVENT.getBytes(UTF_8)).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldRefuseGzipBombQuickly() throws Exception {
        byte[] bomb = gzip(new byte[100 << 20]);
        long start = System.nanoTime();

        HttpResponse<String> answer = send(request("application/json", bomb).header("Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void shouldRefuseBombThatIsSmallEnoughToSend() throws Exception {
        HttpResponse<String> answer =
                send(request("application/json", gzip(new byte[10 << 20])).header("Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("TOO_LARGE");
    }

    @Test
    void shouldRefuseLongBodyOfUnknownLength() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(http.address().resolve("/v1/errors"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[60_000]))));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void shouldRefuseEventOverItsOwnLimit() throws Exception {
        assertThat(post("application/json", EVENT.replace("mail", "x".repeat(21_000)))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldAnswerForEachLineOfNdjson() throws Exception {
        HttpResponse<String> answer =
                post("application/x-ndjson", EVENT + "\n\n{\"service\":\"--\"}\r\n" + EVENT + "\nnot json");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("accepted").asInt()).isEqualTo(2);
        assertThat(json(answer).path("rejected")).hasSize(2);
        assertThat(json(answer).at("/rejected/0/line").asInt()).isEqualTo(3);
        assertThat(json(answer).at("/rejected/0/field").asText()).isEqualTo("/service");
        assertThat(json(answer).at("/rejected/1/line").asInt()).isEqualTo(5);
        assertThat(published).hasSize(2);
    }

    @Test
    void shouldNameTheLineAndTheColumnWhereNdjsonIsBroken() throws Exception {
        HttpResponse<String> answer = post("application/x-ndjson", "\n{\"service\":cart}\n{\"service\":\n");

        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("line 2: is not valid JSON at column 12: a value is expected; text needs double quotes");
        assertThat(json(answer).at("/rejected/0/field").asText()).isEqualTo("/service");
        assertThat(json(answer).at("/rejected/1/line").asInt()).isEqualTo(3);
        assertThat(json(answer).at("/rejected/1/message").asText())
                .isEqualTo("is not valid JSON at column 12: it ends before it is complete");
    }

    @Test
    void shouldNameTheFieldsOfABatchThatAreIgnored() throws Exception {
        String typo = EVENT.replace("\"eventId\"", "\"sevrity\":1,\"eventId\"");
        String inArray = EVENT.replace("\"type\"", "\"kind\":1,\"type\"");

        HttpResponse<String> answer =
                post("application/x-ndjson", EVENT + "\n" + typo + "\n" + inArray + "\n" + typo + "\n");

        assertThat(json(answer).path("accepted").asInt()).isEqualTo(4);
        assertThat(json(answer).path("ignored"))
                .isEqualTo(JSON.readTree(
                        "[{\"line\":2,\"field\":\"/sevrity\"},{\"line\":3,\"field\":\"/exceptions/0/kind\"}]"));
    }

    @Test
    void shouldNameABoundedNumberOfIgnoredFields() throws Exception {
        String fields =
                IntStream.range(0, 20).mapToObj(i -> "\"f%d\":1,".formatted(i)).collect(Collectors.joining());
        String first = EVENT.replace("\"eventId\"", fields + "\"eventId\"");

        HttpResponse<String> answer = post("application/x-ndjson", first + "\n" + first.replace("\"f", "\"g") + "\n");

        assertThat(json(answer).path("ignored")).hasSize(32);
    }

    @Test
    void shouldSayNothingOfABatchOfWhichNothingIsToBeSaid() throws Exception {
        HttpResponse<String> answer = post("application/x-ndjson", EVENT + "\n" + EVENT + "\n");

        assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"rejected\":[]}");
    }

    @Test
    void shouldNoteAStackTraceWithoutAFrame() throws Exception {
        HttpResponse<String> answer =
                post("application/json", "{\"service\":\"cart\",\"stacktrace\":\"a.Oops: no\\n  in a.B#c\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).at("/notes/0/field").asText()).isEqualTo("/stacktrace");
        assertThat(json(answer).at("/notes/0/message").asText()).contains("stack frame", "java");
    }

    @Test
    void shouldNoteTheLinesOfABatch() throws Exception {
        String bare = "{\"service\":\"cart\",\"stacktrace\":\"a.Oops: no\"}";

        HttpResponse<String> answer = post("application/x-ndjson", EVENT + "\n" + bare + "\n" + bare + "\n");

        assertThat(json(answer).path("accepted").asInt()).isEqualTo(3);
        assertThat(json(answer).path("notes")).hasSize(2);
        assertThat(json(answer).at("/notes/1/line").asInt()).isEqualTo(3);
    }

    @Test
    void shouldTakeSeveralLinesForNdjsonAlsoAsPlainJson() throws Exception {
        HttpResponse<String> answer = post("application/json", EVENT + "\n" + EVENT + "\n");

        assertThat(json(answer).path("accepted").asInt()).isEqualTo(2);
    }

    @Test
    void shouldTakePrettyPrintedJsonForOneEvent() throws Exception {
        String pretty = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(EVENT));

        assertThat(json(post("application/json", pretty)).path("eventId").asText())
                .isEqualTo("e-1");
    }

    @Test
    void shouldAnswer400WhenNoLineIsAccepted() throws Exception {
        HttpResponse<String> answer = post("application/x-ndjson", "{}\n{}\n");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/field").asText()).isEqualTo("/service");
        assertThat(json(answer).path("rejected")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t\n"})
    void shouldAnswer400WhenNdjsonHoldsNothing(String body) throws Exception {
        assertThat(post("application/x-ndjson", body).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseTooManyLines() throws Exception {
        assertThat(post("application/x-ndjson", (EVENT + "\n").repeat(151)).statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "nonsense"
            })
    void shouldRefuseOtherContentTypes(String type) throws Exception {
        HttpResponse<String> answer = post(type, EVENT);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(json(answer).at("/error/message").asText()).contains("'" + type + "'");
    }

    @Test
    void shouldSayWhichContentTypesAreTaken() throws Exception {
        assertThat(json(post("text/plain", EVENT)).at("/error/message").asText())
                .isEqualTo("Content-Type 'text/plain' is not taken; send application/json, or for many events"
                        + " application/x-ndjson, application/ndjson, application/jsonl, application/x-jsonlines");
    }

    @Test
    void shouldQuoteNoMoreThanTheBeginningOfALongContentType() throws Exception {
        assertThat(json(post("text/" + "x".repeat(5_000), EVENT))
                        .at("/error/message")
                        .asText())
                .hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=UTF-8", "Application/JSON;charset=\"utf-8\"; x=y"})
    void shouldAcceptParametersOfContentType(String type) throws Exception {
        assertThat(post(type, EVENT).statusCode()).isEqualTo(202);
    }

    @Test
    void shouldRefuseOtherEncodings() throws Exception {
        HttpResponse<String> answer =
                send(request("application/json", EVENT.getBytes(UTF_8)).header("Content-Encoding", "zstd"));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("Content-Encoding 'zstd' is not taken; send gzip, deflate, br or none");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404, NOT_FOUND",
        "POST, /v1/error, 404, NOT_FOUND",
        "GET, /v1/errors, 405, METHOD_NOT_ALLOWED",
        "DELETE, /v1/errors, 405, METHOD_NOT_ALLOWED"
    })
    void shouldAnswerInJsonWhenPathOrMethodIsWrong(String method, String path, int status, String code)
            throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(http.address().resolve(path)).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo(code);
    }

    @Test
    void shouldSayWhichMethodIsAllowed() throws Exception {
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(http.address().resolve("/v1/errors")).GET());

        assertThat(answer.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("POST"));
    }

    @Test
    void shouldAnswer429WithRateLimitsWhenEventCannotBeStored() throws Exception {
        acknowledgement = CompletableFuture.failedFuture(new IOException("no space left on device"));

        HttpResponse<String> answer = post("application/json", EVENT);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("30");
        assertThat(answer.headers().firstValue("X-Sentry-Rate-Limits")).contains("30:error:project");
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("OVERLOADED");
    }

    @Test
    void shouldNameEveryLineThatCouldNotBeStored() throws Exception {
        acknowledgement = CompletableFuture.failedFuture(new IOException("disk full"));

        HttpResponse<String> answer = post("application/x-ndjson", EVENT + "\n" + EVENT);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(json(answer).path("rejected")).hasSize(2);
    }

    @Test
    void shouldNameTheFirstHundredRefusedLinesAndCountTheOthers() throws Exception {
        HttpResponse<String> answer = post("application/x-ndjson", EVENT + "\n" + "{}\n".repeat(103));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("accepted").asInt()).isEqualTo(1);
        assertThat(json(answer).path("rejected")).hasSize(100);
        assertThat(json(answer).at("/rejected/99/line").asInt()).isEqualTo(101);
        assertThat(json(answer).path("rejectedMore").asInt()).isEqualTo(3);
    }

    @Test
    void shouldCountNoOtherLinesWhenAllThatAreRefusedAreNamed() throws Exception {
        HttpResponse<String> answer = post("application/x-ndjson", EVENT + "\n" + "{}\n".repeat(100));

        assertThat(json(answer).path("rejected")).hasSize(100);
        assertThat(json(answer).has("rejectedMore")).isFalse();
    }

    @Test
    void shouldNameEveryLineToSendAgainHoweverManyThereAre() throws Exception {
        acknowledgement = CompletableFuture.failedFuture(new IOException("disk full"));

        HttpResponse<String> answer = post("application/x-ndjson", (EVENT + "\n").repeat(150));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(json(answer).path("rejected")).hasSize(150);
    }

    @Test
    void shouldTryNoFurtherLineWhenOneCouldNotBeStored() throws Exception {
        acknowledgement = CompletableFuture.failedFuture(new IOException("disk full"));

        HttpResponse<String> answer = post("application/x-ndjson", (EVENT + "\n").repeat(5));

        assertThat(published).hasSize(1);
        assertThat(json(answer).path("rejected")).hasSize(5);
    }

    @Test
    void shouldAnswer413WhenBrokersRefuseTheSize() throws Exception {
        acknowledgement = CompletableFuture.failedFuture(new RecordTooLargeException("big"));

        assertThat(post("application/json", EVENT).statusCode()).isEqualTo(413);
    }

    @Test
    void shouldServeItsDescription() throws Exception {
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(http.address().resolve("/openapi.json")).GET());

        assertThat(json(answer).path("openapi").asText()).startsWith("3.");
        assertThat(json(answer).at("/paths/~1v1~1errors/post").isObject()).isTrue();
    }

    @Test
    void shouldAcceptTheExampleOfItsDescription() throws Exception {
        JsonNode description = json(send(
                HttpRequest.newBuilder(http.address().resolve("/openapi.json")).GET()));
        JsonNode example = description.at("/paths/~1v1~1errors/post/requestBody/content/application~1json/example");

        HttpResponse<String> answer = post("application/json", example.toString());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).has("ignored")).isFalse();
    }

    @Test
    void shouldGoOnWhenClientHangsUpInsideItsBody() throws Exception {
        URI address = http.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(
                            "POST /v1/errors HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
                                    .getBytes(UTF_8));
        }

        assertThat(post("application/json", EVENT).statusCode()).isEqualTo(202);
    }

    private HttpResponse<String> post(String type, String body) throws IOException, InterruptedException {
        return send(request(type, body.getBytes(UTF_8)));
    }

    private HttpRequest.Builder request(String type, byte[] body) {
        return HttpRequest.newBuilder(http.address().resolve("/v1/errors"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        }
        return bytes.toByteArray();
    }
}
