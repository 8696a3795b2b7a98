package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpsServerTest {

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Supplier<Health> health = () -> new Health(true, true, Map.of("kafka", "assigned"));
    private OpsServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OpsServer("127.0.0.1", 0, List.of(new Fake("one", () -> health.get())), meters);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldBeUpWhenEveryServiceIsReady() throws Exception {
        HttpResponse<String> answer = get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = new ObjectMapper().readTree(answer.body());
        assertThat(body.at("/status").asText()).isEqualTo("UP");
        assertThat(body.at("/services/one/details/kafka").asText()).isEqualTo("assigned");
    }

    @Test
    void shouldBeAliveButNotReadyWhenADependencyIsAway() throws Exception {
        health = () -> new Health(true, false, Map.of("kafka", "connecting"));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldBeDownWhenOnlyARestartHelps() throws Exception {
        health = () -> new Health(false, false, Map.of());
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldAnswerForAServiceThatCannotTellItsHealth() throws Exception {
        health = () -> {
            throw new IllegalStateException("bug");
        };
        assertThat(get("/health/live").statusCode()).isEqualTo(500);
        health = () -> new Health(true, true, Map.of());
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldShowMeters() throws Exception {
        meters.counter("my.counter").increment();
        assertThat(get("/metrics").body()).contains("my_counter_total 1.0");
    }

    @Test
    void shouldRefuseOtherPathsAndMethods() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(server.uri().resolve("/metrics"))
                .POST(BodyPublishers.ofString("x"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(post, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString());
    }

    private record Fake(String name, Supplier<Health> answer) implements Service {

        @Override
        public void start() {}

        @Override
        public Health health() {
            return answer.get();
        }

        @Override
        public void close() {}
    }
}
