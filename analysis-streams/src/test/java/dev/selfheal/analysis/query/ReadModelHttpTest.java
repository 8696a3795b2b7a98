package dev.selfheal.analysis.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.analysis.AnalysisConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP surface before the analysis runs: what is refused is refused whatever the state is. */
class ReadModelHttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ReadModel model;

    @BeforeEach
    void start() {
        AnalysisConfig config = new AnalysisConfig(Map.of());
        model = new ReadModel(
                config.querySettings().orElseThrow(),
                new ReadModel.Tasks("error-events", "case-steps", 2),
                Optional::empty,
                config.rules(2),
                Clock.systemUTC());
        model.start();
    }

    @AfterEach
    void stop() {
        model.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/groups?limit=0, limit",
        "/v1/groups?limit=501, limit",
        "/v1/groups?limit=-1, limit",
        "/v1/groups?limit=99999999999999999999, limit",
        "/v1/groups?limit=ten, limit",
        "/v1/groups?limit=1&limit=2, limit",
        "/v1/groups?state=ANGRY, state",
        "/v1/groups?sort=name, sort",
        "/v1/groups?after=%2B%2B, after",
        "/v1/groups?after=AAAA, after",
        "/v1/groups?sevice=shop, sevice",
        "/v1/cases?state=SPIKING, state",
        "/v1/cases?sort=rate, sort",
        "/v1/breakers?scope=PLANET, scope",
        "/v1/services?service=shop, service",
        "/v1/kpis?limit=, ''",
        "/v1/groups/v1:a?x=1, x",
        "/v1/groups/v1:a/why?x=1, x",
        "/v1/cases/c?x=1, x"
    })
    void shouldNameTheParameterThatIsWrong(String path, String parameter) throws Exception {
        HttpResponse<String> answer = get(path);
        if (parameter.isEmpty()) {
            assertThat(answer.statusCode()).isEqualTo(503);
            return;
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(error(answer).path("field").asText()).isEqualTo(parameter);
        assertThat(error(answer).path("message").asText()).startsWith(parameter);
    }

    @Test
    void shouldNotRepeatAHugeValue() throws Exception {
        HttpResponse<String> answer = get("/v1/groups?service=" + "x".repeat(2_000));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/groups",
                "/v1/groups/v1:00000000000000000000000000000001",
                "/v1/groups/v1%3A00000000000000000000000000000001",
                "/v1/groups/a%20b/why",
                "/v1/groups/a%2Fb",
                "/v1/cases",
                "/v1/cases/case-1",
                "/v1/breakers?scope=service",
                "/v1/services",
                "/v1/kpis?service=*"
            })
    void shouldAskToComeBackWhileTheAnalysisStarts(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(error(answer).path("code").asText()).isEqualTo("UNAVAILABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void shouldTakeGetAlone(String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(model.address().resolve("/v1/groups"))
                .method(method, BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET");
        assertThat(error(answer).path("code").asText()).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v2/groups", "/v1/groups/a/b/c", "/v1"})
    void shouldSayWhereToLookWhenNothingIsThere(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(error(answer).path("message").asText()).contains("/openapi.json");
    }

    /** Straight on the socket: no client of ours would send these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/groups/a%2Fb",
                "/v1/groups/a%2fb/why",
                "/v1/groups/..%2f..%2fetc",
                "/v1/groups/%00",
                "/v1/groups/a%",
                "/v1/groups/a%zz",
                "/v1/groups?limit=%",
                "/v1/groups?service=<script>",
                "/v1/groups/a|b",
                "//evil.example/v1/groups",
                "/v1/groups/%C3%28",
                "/v1/groups/;x=y"
            })
    void shouldNeverBreakOnHostileURLs(String path) throws IOException {
        String status = raw(path);

        assertThat(status).matches("HTTP/1.1 (4\\d\\d|503) .*");
    }

    @Test
    void shouldDescribeEveryPathItServes() throws Exception {
        JsonNode described = JSON.readTree(get("/openapi.json").body()).path("paths");
        described
                .fieldNames()
                .forEachRemaining(path ->
                        assertThat(status(path.replaceAll("[{}]", ""))).as(path).isEqualTo(503));
        assertThat(described).hasSize(8);
    }

    @Test
    void shouldRefuseMoreQueriesThanItMayAnswerAtOnce() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        QuerySettings one = new QuerySettings("127.0.0.1", 0, Optional.empty(), 1, Duration.ofSeconds(5), 10, false);
        try (QueryServer server = new QueryServer(one, Map.of("/slow", context -> {
            entered.countDown();
            released.await();
            context.result("done");
        }))) {
            server.start();
            URI slow = URI.create("http://127.0.0.1:" + server.port() + "/slow");
            CompletableFuture<HttpResponse<String>> first =
                    client.sendAsync(HttpRequest.newBuilder(slow).build(), BodyHandlers.ofString());
            entered.await();
            HttpResponse<String> second =
                    client.send(HttpRequest.newBuilder(slow).build(), BodyHandlers.ofString());
            released.countDown();

            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(error(second).path("code").asText()).isEqualTo("BUSY");
            assertThat(first)
                    .succeedsWithin(Duration.ofSeconds(20))
                    .satisfies(answer -> assertThat(answer.body()).isEqualTo("done"));
        }
    }

    /** Else two instances, each full of people's questions that wait for the other, would answer nobody. */
    @Test
    void shouldAnswerAnotherInstanceWhileItIsFullOfPeoplesQuestions() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        QuerySettings one = new QuerySettings("127.0.0.1", 0, Optional.empty(), 1, Duration.ofSeconds(5), 10, false);
        try (QueryServer server = new QueryServer(one, Map.of("/lists", context -> {
            if (context.header(Peers.HOP) == null) {
                entered.countDown();
                released.await();
            }
            context.result("done");
        }))) {
            server.start();
            URI lists = URI.create("http://127.0.0.1:" + server.port() + "/lists");
            CompletableFuture<HttpResponse<String>> person =
                    client.sendAsync(HttpRequest.newBuilder(lists).build(), BodyHandlers.ofString());
            entered.await();
            HttpResponse<String> instance = client.send(
                    HttpRequest.newBuilder(lists).header(Peers.HOP, "1").build(), BodyHandlers.ofString());
            released.countDown();

            assertThat(instance.statusCode()).isEqualTo(200);
            assertThat(person).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    private String raw(String path) throws IOException {
        try (Socket socket =
                new Socket(model.address().getHost(), model.address().getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }

    private int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create(model.address() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static JsonNode error(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).path("error");
    }
}
