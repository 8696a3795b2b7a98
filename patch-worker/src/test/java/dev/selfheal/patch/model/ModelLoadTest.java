package dev.selfheal.patch.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many calls in flight at once. The provider answers none before all have arrived, so all are in flight together. */
class ModelLoadTest {

    private static final int CALLS = 200;

    private static final byte[] ANSWER = """
            {"content": [{"type": "text", "text": "done"}], "stop_reason": "end_turn",
             "usage": {"input_tokens": 1, "output_tokens": 1}}
            """.getBytes(StandardCharsets.UTF_8);

    private final CountDownLatch arrived = new CountDownLatch(CALLS);
    private final CompletableFuture<Void> release = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CALLS);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            Callbacks.onCompletion(release.thenRunAsync(() -> answer(exchange), threads), (done, failure) -> {});
            arrived.countDown();
        });
        server.start();
    }

    private static void answer(HttpExchange exchange) {
        try (exchange) {
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void shouldKeepTwoHundredCallsInFlightOnAHandfulOfThreads() throws Exception {
        RouteSettings route = Routes.anthropic(
                        "http://127.0.0.1:" + server.getAddress().getPort())
                .with(RouteConfig.IN_FLIGHT, CALLS)
                .with(RouteConfig.REQUESTS_PER_MINUTE, 1_000_000)
                .with(RouteConfig.DEADLINE, 60_000)
                .settings();
        try (ModelGateway gateway = new ModelGateway(
                List.of(route), 10, new SimpleMeterRegistry(), Clock.systemUTC(), new Random(1), state -> {})) {
            List<CompletableFuture<ModelOutcome>> asked =
                    Stream.generate(() -> ask(gateway)).limit(CALLS).toList();
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            int threadsInFlight = Thread.activeCount();
            release.complete(null);

            for (CompletableFuture<ModelOutcome> one : asked) {
                assertThat(one.get(30, TimeUnit.SECONDS)).isInstanceOf(ModelOutcome.Answered.class);
            }
            assertThat(threadsInFlight).isLessThan(60);
        }
    }

    private static CompletableFuture<ModelOutcome> ask(ModelGateway gateway) {
        return gateway.ask(
                List.of("claude"),
                ModelRequest.of("s", "u"),
                reply -> Optional.empty(),
                Instant.now().plusSeconds(60));
    }
}
