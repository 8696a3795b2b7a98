package dev.selfheal.ingest.http;

import static dev.selfheal.ingest.http.IngestHarness.gzip;
import static dev.selfheal.ingest.http.IngestHarness.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.sentry.SentryFixtures;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all requests may hold together, and that each gives it back however it ends. */
@Timeout(30)
class MemoryBudgetHttpTest {

    private static final String ERRORS = "/v1/errors";
    private static final String EVENT = "{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a.E\"}]}";
    private static final int LIMIT = 2_000;

    private final MemoryBudget memory = new MemoryBudget(LIMIT);
    private final IngestHarness intake = new IngestHarness(memory, Duration.ofMillis(500));

    @AfterEach
    void stop() {
        intake.close();
    }

    @Test
    void shouldTakeARequestThatNeedsTheWholeBudget() throws Exception {
        assertThat(send(event(LIMIT)).statusCode()).isEqualTo(202);
        assertThat(refusals()).isZero();
    }

    @Test
    void shouldRefuseARequestThatNeedsOneByteMore() throws Exception {
        HttpResponse<byte[]> answer = send(event(LIMIT + 1));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("OVERLOADED");
        assertThat(intake.published).isEmpty();
        assertThat(refusals()).isOne();
        awaitHeld(0);
    }

    @Test
    void shouldCountWhatIsHeldAfterDecompression() throws Exception {
        byte[] zipped = gzip(event(LIMIT + 1));

        assertThat(zipped).hasSizeLessThan(LIMIT / 4);
        assertThat(intake.post(ERRORS, zipped, "Content-Encoding", "gzip").statusCode())
                .isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/errors, application/json",
        "/v1/logs, application/json",
        "/v1/traces, application/json",
        "/v1/logs, application/x-protobuf",
        "/v1/traces, application/x-protobuf",
        "/api/1/envelope/, application/x-sentry-envelope",
        "/api/1/store/, application/json"
    })
    void shouldTellEverySenderWhenToComeBack(String path, String type) throws Exception {
        HttpResponse<byte[]> answer = intake.post(path, new byte[LIMIT + 1], "Content-Type", type);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(answer.headers().firstValue("X-Sentry-Rate-Limits")).contains("2:error:project");
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains(type.equals("application/x-protobuf") ? type : "application/json");
    }

    @Test
    void shouldHoldWhatWaitsForItsAcknowledgement() throws Exception {
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        intake.acknowledgement = acknowledgement;
        CompletableFuture<HttpResponse<byte[]>> waiting = inBackground(event(LIMIT - 100));
        awaitHeld(LIMIT - 100);

        assertThat(send(event(101)).statusCode()).isEqualTo(429);

        acknowledgement.complete(null);
        assertThat(waiting.get().statusCode()).isEqualTo(202);
        awaitHeld(0);
        assertThat(send(event(LIMIT)).statusCode()).isEqualTo(202);
    }

    @Test
    void shouldShowWhatIsHeld() throws Exception {
        memory.claim().take(42);

        assertThat(memory.held()).isEqualTo(42);
        assertThat(send(event(LIMIT - 41)).statusCode()).isEqualTo(429);
        assertThat(send(event(LIMIT - 42)).statusCode()).isEqualTo(202);
        awaitHeld(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"service\":\"--\"}", "{}\n{}"})
    void shouldHaveItsMemoryBackWhenABodyIsMalformed(String body) throws Exception {
        assertThat(send(body.getBytes(UTF_8)).statusCode()).isEqualTo(400);

        awaitHeld(0);
    }

    @Test
    void shouldHaveItsMemoryBackWhenABodyIsNotWhatItsEncodingSays() throws Exception {
        byte[] half = Arrays.copyOf(gzip(event(LIMIT)), 40);

        assertThat(intake.post(ERRORS, half, "Content-Encoding", "gzip").statusCode())
                .isEqualTo(400);
        awaitHeld(0);
    }

    @Test
    void shouldHaveItsMemoryBackWhenABodyIsTooLarge() throws Exception {
        MemoryBudget room = new MemoryBudget(1 << 20);
        try (IngestHarness roomy = new IngestHarness(room)) {
            byte[] bomb = gzip(new byte[IngestHarness.LIMITS.requestBytes() + 1]);

            assertThat(roomy.post(ERRORS, bomb, "Content-Encoding", "gzip").statusCode())
                    .isEqualTo(413);
            awaitHeld(room, 0);
        }
    }

    @Test
    void shouldHaveItsMemoryBackWhenEventCannotBeStored() throws Exception {
        intake.acknowledgement = CompletableFuture.failedFuture(new IOException("disk full"));
        assertThat(send(event(LIMIT)).statusCode()).isEqualTo(429);
        awaitHeld(0);

        intake.acknowledgement = CompletableFuture.failedFuture(new RecordTooLargeException("big"));
        assertThat(send(event(LIMIT)).statusCode()).isEqualTo(413);
        awaitHeld(0);
        assertThat(refusals()).isZero();
    }

    @Test
    void shouldHaveItsMemoryBackWhenItFailsForABugOfOurs() throws Exception {
        intake.acknowledgement = null; // which nobody may return

        assertThat(send(event(LIMIT)).statusCode()).isEqualTo(500);
        awaitHeld(0);
    }

    @Test
    void shouldHaveItsMemoryBackWhenTheClientIsGone() throws Exception {
        try (Socket socket = begun(1_500)) {
            awaitHeld(1_500);
            assertThat(socket.isConnected()).isTrue();
        }

        awaitHeld(0);
        assertThat(send(event(LIMIT)).statusCode()).isEqualTo(202);
    }

    @Test
    void shouldHaveItsMemoryBackWhenTheClientIsGoneBeforeItsAnswer() throws Exception {
        CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
        intake.acknowledgement = acknowledgement;
        byte[] event = event(1_500);
        try (Socket socket = connected(event.length)) {
            socket.getOutputStream().write(event);
            awaitHeld(event.length);
        }
        acknowledgement.complete(null);
        awaitHeld(0);
    }

    @Test
    void shouldHaveItsMemoryBackWhenTheClientSendsNoMore() throws Exception {
        try (Socket socket = begun(1_500)) {
            awaitHeld(1_500);

            awaitHeld(0);
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .as("never a 5xx")
                    .isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    void shouldClaimWhatABrotliStreamRefersBackTo() throws Exception {
        byte[] brotli = SentryFixtures.resource("java-handled.envelope.br");

        assertThat(intake.post("/api/1/envelope/", brotli, "Content-Encoding", "br")
                        .statusCode())
                .isEqualTo(429);
        try (IngestHarness roomy = new IngestHarness(new MemoryBudget(32 << 20))) {
            assertThat(roomy.post("/api/1/envelope/", brotli, "Content-Encoding", "br")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private HttpResponse<byte[]> send(byte[] body) throws IOException, InterruptedException {
        return intake.post(ERRORS, body);
    }

    private CompletableFuture<HttpResponse<byte[]>> inBackground(byte[] body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return send(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    /** A request whose body has so many bytes by now, and is to have more. */
    private Socket begun(int bytes) throws IOException {
        Socket socket = connected(bytes + 100);
        OutputStream out = socket.getOutputStream();
        out.write(event(bytes));
        out.flush();
        return socket;
    }

    private Socket connected(int length) throws IOException {
        Socket socket = new Socket(intake.address().getHost(), intake.address().getPort());
        String head = "POST " + ERRORS + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(UTF_8));
        return socket;
    }

    /** An event of exactly so many bytes. */
    private static byte[] event(int bytes) {
        return (EVENT + " ".repeat(bytes - EVENT.length())).getBytes(UTF_8);
    }

    private double refusals() {
        return intake.count("selfheal.ingest.memory.refused");
    }

    /** A request's end is known to its client a moment before it is known to the server. */
    private static void awaitHeld(MemoryBudget budget, long bytes) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (budget.held() != bytes && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(budget.held()).isEqualTo(bytes);
    }

    private void awaitHeld(long bytes) {
        awaitHeld(memory, bytes);
    }
}
