package dev.selfheal.validation.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.selfheal.attestation.Ed25519Key;
import dev.selfheal.attestation.PublicKeyPin;
import dev.selfheal.attestation.SigningUnavailableException;
import dev.selfheal.runtime.RetryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSigningKeyTest {

    private static final Ed25519Key KEY = Ed25519Key.generate();
    private static final PublicKeyPin PIN = PublicKeyPin.of(KEY.publicKeyPem());
    private static final byte[] BYTES = "DSSEv1 …".getBytes(UTF_8);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the service does, one for each request; the last for all that follow. */
    private final Deque<Behaviour> script = new ArrayDeque<>();

    private final List<String> seen = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @FunctionalInterface
    private interface Behaviour {

        void answer(HttpExchange exchange, byte[] input) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/transit/sign/selfheal", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void shouldSignWithTheKeyBehindTheService() {
        script.add(signing(KEY));
        HttpSigningKey key = key(1, 5_000);
        assertThat(key.keyId()).isEqualTo(KEY.keyId());
        assertThat(PIN.signed(BYTES, key.sign(BYTES))).isTrue();
        assertThat(seen).containsExactly("POST hunter2 " + KEY.keyId());
    }

    @Test
    void shouldRefuseASignatureOfAnotherKeyBeforeAnybodySeesIt() {
        script.add(signing(Ed25519Key.generate()));
        assertThatThrownBy(() -> key(3, 5_000).sign(BYTES))
                .isInstanceOf(SigningUnavailableException.class)
                .hasMessageContaining(KEY.keyId());
        assertThat(seen).hasSize(1);
    }

    @Test
    void shouldRefuseTheSignatureOfOtherBytes() {
        script.add((exchange, input) -> signature(exchange, KEY.sign("other".getBytes(UTF_8))));
        assertThatThrownBy(() -> key(1, 5_000).sign(BYTES)).isInstanceOf(SigningUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void shouldAskAgainWhenItMayPass(int status) {
        script.add((exchange, input) -> send(exchange, status, "later"));
        script.add(signing(KEY));
        assertThat(PIN.signed(BYTES, key(2, 5_000).sign(BYTES))).isTrue();
        assertThat(seen).hasSize(2);
    }

    @Test
    void shouldGiveUpAfterTheLastTryWithoutTellingWhatTheServiceSaid() {
        script.add((exchange, input) -> send(exchange, 503, "token hunter2"));
        assertThatThrownBy(() -> key(2, 5_000).sign(BYTES))
                .isInstanceOf(SigningUnavailableException.class)
                .hasMessageContaining("503")
                .hasMessageContaining("2 tries")
                .hasMessageNotContaining("hunter2");
        assertThat(seen).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 403})
    void shouldNotAskAgainWhenRefused(int status) {
        script.add((exchange, input) -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            send(exchange, status, "");
        });
        assertThatThrownBy(() -> key(3, 5_000).sign(BYTES)).hasMessageContaining(String.valueOf(status));
        assertThat(seen).hasSize(1);
    }

    @Test
    void shouldNotWaitForAServiceThatDoesNotAnswer() {
        script.add((exchange, input) -> hang());
        assertThatThrownBy(() -> key(2, 60).sign(BYTES))
                .isInstanceOf(SigningUnavailableException.class)
                .hasMessageContaining("60 ms");
    }

    @Test
    void shouldNotWaitForABodyThatNeverComes() {
        script.add((exchange, input) -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hang();
        });
        assertThatThrownBy(() -> key(1, 60).sign(BYTES)).hasMessageContaining("60 ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no JSON", "{}", "{\"data\":{\"signature\":7}}", "{\"data\":{\"signature\":\"vault:v1:?\"}}"
            })
    void shouldNotTakeChatterForASignature(String body) {
        script.add((exchange, input) -> send(exchange, 200, body));
        assertThatThrownBy(() -> key(1, 5_000).sign(BYTES)).isInstanceOf(SigningUnavailableException.class);
    }

    @Test
    void shouldSayThatNobodyListens() {
        HttpSigningKey key = key(2, 5_000);
        server.stop(0);
        assertThatThrownBy(() -> key.sign(BYTES))
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("2 tries");
    }

    private HttpSigningKey key(int attempts, int timeoutMs) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/transit/sign/selfheal");
        HttpSigningService.Form form = new HttpSigningService.Form(
                "input",
                JsonPointer.compile("/data/signature"),
                "X-Vault-Token",
                "hunter2",
                Duration.ofMillis(timeoutMs));
        RetryPolicy retries = new RetryPolicy(attempts, Duration.ofMillis(1), Duration.ofMillis(2));
        return new HttpSigningKey(new HttpSigningService(address, form), PIN, retries, new Random(1));
    }

    private void serve(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        Behaviour next;
        synchronized (script) {
            seen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("X-Vault-Token") + " "
                    + exchange.getRequestHeaders().getFirst("Selfheal-Key-Id"));
            next = script.size() > 1 ? script.remove() : script.peek();
        }
        next.answer(exchange, Base64.getDecoder().decode(body.path("input").asText()));
        exchange.close();
    }

    private static Behaviour signing(Ed25519Key key) {
        return (exchange, input) -> signature(exchange, key.sign(input));
    }

    private static void signature(HttpExchange exchange, byte[] signature) throws IOException {
        String text = "vault:v1:" + Base64.getEncoder().encodeToString(signature);
        send(exchange, 200, "{\"data\":{\"signature\":\"" + text + "\"}}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void hang() throws IOException {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
