package dev.selfheal.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests whose events are not stored yet. */
@Timeout(60)
class WaitingRequestsTest {

    private static final byte[] EVENT = "{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a.E\"}]}".getBytes(UTF_8);

    /** More than the server has threads. */
    private static final int REQUESTS = 300;

    private final IngestHarness intake = new IngestHarness();
    private final ExecutorService senders = Executors.newFixedThreadPool(REQUESTS);

    @AfterEach
    void stop() {
        senders.shutdownNow();
        intake.close();
    }

    @Test
    void shouldServeOthersWhileMoreRequestsWaitThanItHasThreads() throws Exception {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        intake.acknowledgement = stored;
        List<CompletableFuture<Integer>> waiting = IntStream.range(0, REQUESTS)
                .mapToObj(any -> CompletableFuture.supplyAsync(this::status, senders))
                .toList();
        awaitPublished(REQUESTS);

        assertThat(intake.send("GET", "/openapi.json").statusCode()).isEqualTo(200);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        stored.complete(null);
        assertThat(waiting)
                .allSatisfy(each -> assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(202));
    }

    @Test
    void shouldGiveTheSameAnswerHoweverLongItWaits() throws Exception {
        intake.acknowledgement = CompletableFuture.failedFuture(new TimeoutException("no acknowledgement"));
        HttpResponse<byte[]> atOnce = intake.post("/v1/errors", EVENT);

        CompletableFuture<Void> late = new CompletableFuture<>();
        intake.acknowledgement = late;
        CompletableFuture<HttpResponse<byte[]>> waiting = CompletableFuture.supplyAsync(this::post, senders);
        awaitPublished(2);
        late.orTimeout(200, TimeUnit.MILLISECONDS);

        HttpResponse<byte[]> answer = waiting.get(30, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(atOnce.statusCode()).isEqualTo(429);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo(new String(atOnce.body(), UTF_8));
        assertThat(answer.headers().firstValue("Retry-After"))
                .isEqualTo(atOnce.headers().firstValue("Retry-After"))
                .isPresent();
    }

    private int status() {
        return post().statusCode();
    }

    private HttpResponse<byte[]> post() {
        try {
            return intake.post("/v1/errors", EVENT);
        } catch (Exception e) {
            throw new IllegalStateException("the intake did not answer", e);
        }
    }

    private void awaitPublished(int count) {
        while (intake.published.size() < count) {
            Thread.onSpinWait();
        }
    }
}
