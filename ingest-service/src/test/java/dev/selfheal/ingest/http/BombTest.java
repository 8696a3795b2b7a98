package dev.selfheal.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ingest.limit.MemoryBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A few bytes that unfold to many: on every path and in every encoding they are refused, and what is held stays bounded. */
class BombTest {

    private static final int BOMB = 20 << 20;
    /** That many zeros, as brotli makes them, with a window of 4 MiB. */
    private static final byte[] BROTLI =
            Base64.getDecoder().decode("y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v1f/v//4J8AiMMCAN37Hw==");

    private static final int WINDOW = 4 << 20;
    private static final List<String> TYPES = List.of(
            "/v1/errors application/json",
            "/v1/errors application/x-ndjson",
            "/v1/logs application/x-protobuf",
            "/v1/logs application/json",
            "/v1/traces application/x-protobuf",
            "/v1/traces application/json",
            "/api/1/envelope/ application/x-sentry-envelope",
            "/api/1/store/ application/json");

    /** What tells that a body is too large, and not one byte more: who would hold more is answered with 429. */
    private static final int ROOM = IngestHarness.LIMITS.requestBytes() + 1;

    private static IngestHarness intake;
    private static IngestHarness withWindow;
    private static IngestHarness narrow;

    @BeforeAll
    static void start() {
        intake = new IngestHarness(new MemoryBudget(ROOM));
        withWindow = new IngestHarness(new MemoryBudget(ROOM + WINDOW));
        narrow = new IngestHarness(new MemoryBudget(WINDOW - 1));
    }

    @AfterAll
    static void stop() {
        intake.close();
        withWindow.close();
        narrow.close();
    }

    @ParameterizedTest
    @MethodSource("zlibBombs")
    void shouldRefuseABombHoldingNoMoreThanTheLargestBody(String path, String type, String encoding, byte[] bomb)
            throws Exception {
        assertThat(bomb).hasSizeLessThan(IngestHarness.LIMITS.requestBytes());

        assertThat(post(intake, path, type, encoding, bomb).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void shouldRefuseABrotliBombHoldingNoMoreThanTheLargestBodyAndAWindow(String path, String type) throws Exception {
        assertThat(post(withWindow, path, type, "br", BROTLI).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void shouldTellTheSenderOfABrotliBombToWaitWhenThereIsNoRoomForItsWindow(String path, String type)
            throws Exception {
        assertThat(post(narrow, path, type, "br", BROTLI).statusCode()).isEqualTo(429);
    }

    private static HttpResponse<byte[]> post(IngestHarness to, String path, String type, String encoding, byte[] body)
            throws IOException, InterruptedException {
        return to.post(path, body, "Content-Type", type, "Content-Encoding", encoding);
    }

    private static Stream<Arguments> zlibBombs() throws IOException {
        byte[] gzip = zeros(GZIPOutputStream::new, BOMB);
        byte[] deflate = zeros(DeflaterOutputStream::new, BOMB);
        return paths().flatMap(path -> Stream.of(
                Arguments.of(path.get()[0], path.get()[1], "gzip", gzip),
                Arguments.of(path.get()[0], path.get()[1], "deflate", deflate)));
    }

    private static Stream<Arguments> paths() {
        return TYPES.stream().map(line -> Arguments.of((Object[]) line.split(" ", 2)));
    }

    private static byte[] zeros(Zip zip, int count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zipped = zip.over(bytes)) {
            zipped.write(new byte[count]);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Zip {
        OutputStream over(OutputStream out) throws IOException;
    }
}
