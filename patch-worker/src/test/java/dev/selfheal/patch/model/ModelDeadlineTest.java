package dev.selfheal.patch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.patch.model.ModelOutcome.Failed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider that sends the head of an answer and then nothing more. */
class ModelDeadlineTest {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closedByUs = new CountDownLatch(1);
    private ServerSocket server;

    @BeforeEach
    void stall() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "stalling-provider");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void serve() {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[65_536]);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            asked.countDown();
            while (socket.getInputStream().read(new byte[1_024]) >= 0) {
                // Whatever else comes is of no interest; the end of the stream is.
            }
            closedByUs.countDown();
        } catch (IOException reset) {
            closedByUs.countDown();
        }
    }

    private ModelGateway gateway(Duration deadline) {
        RouteSettings route = Routes.anthropic("http://127.0.0.1:" + server.getLocalPort())
                .with(RouteConfig.DEADLINE, deadline.toMillis())
                .with(RouteConfig.ATTEMPTS, 1)
                .settings();
        return new ModelGateway(
                List.of(route), 10, new SimpleMeterRegistry(), Clock.systemUTC(), new Random(1), state -> {});
    }

    private static CompletableFuture<ModelOutcome> ask(ModelGateway gateway) {
        return gateway.ask(
                List.of("claude"),
                ModelRequest.of("s", "u"),
                reply -> Optional.empty(),
                Instant.now().plusSeconds(60));
    }

    @Test
    void shouldCutStalledBodyAndCloseItsSocketAtTheDeadline() throws Exception {
        try (ModelGateway gateway = gateway(Duration.ofMillis(300))) {
            ModelOutcome outcome = ask(gateway).get(10, TimeUnit.SECONDS);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.error())
                                    .isEqualTo(new ModelError.TimedOut(Duration.ofMillis(300))));
            assertThat(closedByUs.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldCloseTheSocketWhenTheQuestionIsWithdrawn() throws Exception {
        try (ModelGateway gateway = gateway(Duration.ofSeconds(60))) {
            CompletableFuture<ModelOutcome> question = ask(gateway);
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

            question.cancel(true);

            assertThat(closedByUs.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }
}
