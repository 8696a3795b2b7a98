package dev.selfheal.ingest.http;

import static dev.selfheal.ingest.http.IngestHarness.gzip;
import static dev.selfheal.ingest.http.IngestHarness.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.sentry.SentryFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.zip.DeflaterOutputStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentryHttpTest {

    private static final String PATH = "/api/1/envelope/";
    private static final String ID = "9ec79c33ec9942ab8353589fcb2e04dc";
    private static final String EVENT = "{\"exception\":{\"values\":[{\"type\":\"a.E\"}]}}";
    /** 20 MiB of zeros, as brotli makes them. */
    private static final byte[] BROTLI_BOMB =
            Base64.getDecoder().decode("y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v1f/v//4J8AiMMCAN37Hw==");

    private final IngestHarness intake = new IngestHarness();

    @AfterEach
    void stop() {
        intake.close();
    }

    @Test
    void shouldPublishTheJavaSdksEnvelope() throws Exception {
        HttpResponse<byte[]> answer = intake.post(
                PATH,
                gzip(SentryFixtures.envelope("java-handled")),
                "Content-Encoding",
                "gzip",
                "Content-Type",
                "application/x-sentry-envelope",
                "X-Sentry-Auth",
                "Sentry sentry_version=7,sentry_client=sentry.java/8.62.0,sentry_key=key1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer))
                .isEqualTo(new ObjectMapper().readTree("{\"id\":\"6267d27fbc8d49519c4ffa3437812d1b\"}"));
        ErrorEvent event = intake.published.get(0);
        assertThat(event.getEventId()).isEqualTo("6267d27fbc8d49519c4ffa3437812d1b");
        assertThat(event.getProtocol()).isEqualTo(IntakeProtocol.SENTRY);
        assertThat(event.getExceptions().get(1).getFrames())
                .extracting(StackFrame::getInApp)
                .containsExactly(true, true);
        assertThat(intake.count("selfheal.ingest.events", "protocol", "sentry", "outcome", "accepted"))
                .isOne();
    }

    @Test
    void shouldPublishTheNodeSdksEnvelopeAndIgnoreItsSession() throws Exception {
        String path = PATH + "?sentry_version=7&sentry_key=key1&sentry_client=sentry.javascript.node%2F11.12.0";

        assertThat(intake.post(path, SentryFixtures.envelope("node-session")).statusCode())
                .isEqualTo(200);
        assertThat(json(intake.post(path, SentryFixtures.envelope("node-handled")))
                        .path("id")
                        .asText())
                .isEqualTo("f41b1e759cf94bb291293d60ad5c1ce2");
        assertThat(intake.published).extracting(ErrorEvent::getPlatform).containsExactly("javascript");
        assertThat(intake.count("selfheal.ingest.ignored", "protocol", "sentry", "kind", "session"))
                .isOne();
    }

    @Test
    void shouldCountAMessageWithoutPublishingIt() throws Exception {
        HttpResponse<byte[]> answer = intake.post(PATH, SentryFixtures.envelope("java-message"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("id").asText()).isEqualTo("4928627c5a74441981f7f6d7404147fb");
        assertThat(intake.published).isEmpty();
        assertThat(intake.count("selfheal.ingest.ignored", "protocol", "sentry", "kind", "message"))
                .isOne();
    }

    @Test
    void shouldCountWhatTheSdkLost() throws Exception {
        String report =
                "{\"discarded_events\":[{\"reason\":\"ratelimit_backoff\",\"category\":\"error\",\"quantity\":23}]}";

        assertThat(post("{}\n" + item("client_report", report)).statusCode()).isEqualTo(200);
        assertThat(intake.count("selfheal.ingest.lost", "reason", "ratelimit_backoff"))
                .isEqualTo(23);
    }

    @Test
    void shouldPutKindsItDoesNotKnowUnderOneName() throws Exception {
        post("{}\n" + item("made-up", "x") + item("replay_event", "y"));

        assertThat(intake.count("selfheal.ingest.ignored", "protocol", "sentry", "kind", "other"))
                .isEqualTo(2);
    }

    @Test
    void shouldTakeTheServiceOfTheProject() throws Exception {
        intake.post("/api/7/store/?sentry_key=shop-key", EVENT.getBytes(UTF_8));

        assertThat(intake.published).extracting(ErrorEvent::getService).containsExactly("basket");
    }

    @Test
    void shouldTakeOneEventWithoutEnvelope() throws Exception {
        String event = EVENT.replace("{\"exception\"", "{\"event_id\":\"" + ID + "\",\"exception\"");

        assertThat(json(intake.post("/api/1/store/?sentry_key=k", event.getBytes(UTF_8)))
                        .path("id")
                        .asText())
                .isEqualTo(ID);
        assertThat(intake.published).extracting(ErrorEvent::getEventId).containsExactly(ID);
    }

    @Test
    void shouldAnswerWithoutIdWhenThereIsNone() throws Exception {
        assertThat(json(post("{}\n" + item("event", EVENT)))).isEqualTo(new ObjectMapper().readTree("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?sentry_key=wrong", "?sentry_version=7&sentry_key=shop-key"})
    void shouldRefuseAKeyThatIsNotOneOfTheProject(String query) throws Exception {
        HttpResponse<byte[]> answer = intake.post(PATH + query, SentryFixtures.envelope("java-handled"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("UNAUTHORIZED");
        assertThat(intake.published).isEmpty();
    }

    @Test
    void shouldPublishTheOtherItemsWhenOneIsMalformed() throws Exception {
        HttpResponse<byte[]> answer = post("{\"event_id\":\"" + ID + "\"}\n{\"type\":\"event\",\"length\":3}\n" + EVENT
                + "\n" + item("event", "{\"exception\":{\"values\":[{}]}}") + item("event", EVENT));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("id").asText()).isEqualTo(ID);
        assertThat(json(answer).at("/rejected/0/item").asInt()).isEqualTo(1);
        assertThat(json(answer).at("/rejected/0/field").asText()).isEqualTo("/length");
        assertThat(json(answer).at("/rejected/1/item").asInt()).isEqualTo(2);
        assertThat(json(answer).at("/rejected/1/field").asText()).isEqualTo("/exception/values/0/type");
        assertThat(intake.published).extracting(ErrorEvent::getEventId).containsExactly(ID);
    }

    @Test
    void shouldNameItemAndFieldWhenNothingIsAccepted() throws Exception {
        HttpResponse<byte[]> answer =
                post("{}\n" + item("session", "{}") + item("event", "{\"exception\":{\"values\":[7]}}"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/field").asText()).isEqualTo("/exception/values/0");
        assertThat(json(answer).at("/error/message").asText()).startsWith("item 2: ");
        assertThat(intake.count("selfheal.ingest.events", "protocol", "sentry", "outcome", "refused"))
                .isOne();
    }

    @Test
    void shouldMakeTheClientHoldBackWhenEventCannotBeStored() throws Exception {
        intake.acknowledgement = CompletableFuture.failedFuture(new java.io.IOException("disk full"));

        HttpResponse<byte[]> answer = post("{}\n" + item("event", EVENT));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("30");
        assertThat(answer.headers().firstValue("X-Sentry-Rate-Limits")).contains("30:error:project");
    }

    @Test
    void shouldAnswer413WhenBrokersRefuseTheSize() throws Exception {
        intake.acknowledgement = CompletableFuture.failedFuture(new RecordTooLargeException("big"));

        assertThat(post("{}\n" + item("event", EVENT)).statusCode()).isEqualTo(413);
    }

    @Test
    void shouldAcceptBrotliAndDeflate() throws Exception {
        byte[] brotli = SentryFixtures.resource("java-handled.envelope.br");

        assertThat(intake.post(PATH, brotli, "Content-Encoding", "br").statusCode())
                .isEqualTo(200);
        assertThat(intake.post(PATH, deflate(SentryFixtures.envelope("java-handled")), "Content-Encoding", "deflate")
                        .statusCode())
                .isEqualTo(200);
        assertThat(intake.published).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br"})
    void shouldRefuseABodyThatIsNotWhatItsEncodingSays(String encoding) throws Exception {
        HttpResponse<byte[]> answer =
                intake.post(PATH, SentryFixtures.envelope("java-handled"), "Content-Encoding", encoding);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText()).contains(encoding);
    }

    @Test
    void shouldRefuseATruncatedBrotliBody() throws Exception {
        byte[] brotli = SentryFixtures.resource("java-handled.envelope.br");

        assertThat(intake.post(PATH, Arrays.copyOf(brotli, brotli.length / 2), "Content-Encoding", "br")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldEndTheConnectionWhenTheRestOfABodyIsNotRead() throws Exception {
        HttpResponse<byte[]> answer = intake.post(PATH, BROTLI_BOMB, "Content-Encoding", "br");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Connection")).hasValue("close");
    }

    @Test
    void shouldGetItsAnswerToWhoeverSendsTooMuch() throws Exception {
        byte[] large = new byte[IngestHarness.LIMITS.requestBytes() + 1];

        for (int i = 0; i < 200; i++) {
            assertThat(intake.post(PATH, large).statusCode()).isEqualTo(413);
        }
    }

    @Test
    void shouldRefuseBombsQuickly() throws Exception {
        long start = System.nanoTime();

        assertThat(intake.post(PATH, gzip(new byte[100 << 20]), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(413);
        assertThat(intake.post(PATH, deflate(new byte[20 << 20]), "Content-Encoding", "deflate")
                        .statusCode())
                .isEqualTo(413);
        assertThat(intake.post(PATH, BROTLI_BOMB, "Content-Encoding", "br").statusCode())
                .isEqualTo(413);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"/api/1/envelope, 10000", "/api/1/store, 10000"})
    void shouldRefuseTenThousandFrames(String path, int frames) throws Exception {
        String event = "{\"exception\":{\"values\":[{\"type\":\"E\",\"stacktrace\":{\"frames\":["
                + "{},".repeat(frames - 1) + "{}]}}]}}";
        String body = path.endsWith("store") ? event : "{}\n" + item("event", event);

        assertThat(intake.post(path, body.getBytes(UTF_8)).statusCode()).isEqualTo(413);
    }

    @Test
    void shouldRefuseANestedBomb() throws Exception {
        assertThat(post("{}\n" + item("event", "{\"extra\":" + "[".repeat(50_000)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(post("[".repeat(50_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void shouldNeverFailOnATruncatedEnvelope() throws Exception {
        byte[] whole = SentryFixtures.envelope("java-handled");
        for (int length = 0; length < whole.length; length += 23) {
            assertThat(intake.post(PATH, Arrays.copyOf(whole, length)).statusCode())
                    .isIn(200, 400);
        }
        assertThat(intake.published).isEmpty();
    }

    private HttpResponse<byte[]> post(String envelope) throws IOException, InterruptedException {
        return intake.post(PATH, envelope.getBytes(UTF_8));
    }

    private static String item(String type, String payload) {
        return "{\"type\":\"" + type + "\",\"length\":" + payload.getBytes(UTF_8).length + "}\n" + payload + "\n";
    }

    private static byte[] deflate(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream zip = new DeflaterOutputStream(bytes)) {
            zip.write(plain);
        }
        return bytes.toByteArray();
    }
}
