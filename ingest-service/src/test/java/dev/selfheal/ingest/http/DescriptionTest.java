package dev.selfheal.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.ingest.limit.ProjectRates;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DescriptionTest {

    private static final String[] JSON_BODY = {"Content-Type", "application/json"};
    private static final Path DESCRIPTION = Path.of("..", "docs", "openapi.json");

    @Test
    void shouldServeEveryPathThatIsDescribed() throws Exception {
        try (IngestHarness intake = new IngestHarness()) {
            for (String path : posted()) {
                int status = intake.post(path.replace("{project}", "1"), "nonsense".getBytes(UTF_8))
                        .statusCode();
                assertThat(status).as(path).isIn(400, 415);
            }
        }
    }

    /** Each way to be refused, and a good key with each: what comes back has to be among the described answers. */
    @Test
    void shouldDescribeEveryRefusal() throws Exception {
        Map<Integer, Set<String>> given = new TreeMap<>();
        try (IngestHarness open = new IngestHarness();
                IngestHarness closed = new IngestHarness(key -> Optional.empty(), ProjectRates.UNLIMITED);
                IngestHarness exhausted = new IngestHarness((project, events) -> Optional.of(Duration.ofSeconds(7)))) {
            byte[] large = new byte[IngestHarness.LIMITS.requestBytes() + 1];
            for (String path : posted()) {
                String at = path.replace("{project}", "1");
                byte[] body = body(path);
                List<Integer> statuses = List.of(
                        open.post(at, "nonsense".getBytes(UTF_8), JSON_BODY).statusCode(),
                        open.post(at, large, JSON_BODY).statusCode(),
                        open.post(at, body, "Content-Type", "application/json", "Content-Encoding", "zstd")
                                .statusCode(),
                        closed.post(at, body, JSON_BODY).statusCode(),
                        closed.post(at + "?sentry_key=wrong", body, "Authorization", "Bearer wrong")
                                .statusCode(),
                        exhausted.post(at, body, JSON_BODY).statusCode());
                for (int status : statuses) {
                    given.computeIfAbsent(status, s -> new TreeSet<>()).add(path);
                    assertThat(answers(path)).as("answers of %s", path).contains(String.valueOf(status));
                }
            }
        }
        assertThat(given.keySet()).containsExactly(400, 401, 403, 413, 415, 429);
        assertThat(given.get(429)).hasSize(posted().size());
    }

    /** Provoked for each operation by another method, and by a path beside it. */
    @Test
    void shouldDescribeTheAnswersToAWrongPathAndAWrongMethod() throws Exception {
        try (IngestHarness intake = new IngestHarness()) {
            for (Operation operation : operations()) {
                String at = operation.path().replace("{project}", "1");
                HttpResponse<byte[]> wrongMethod = intake.send("DELETE", at);
                HttpResponse<byte[]> wrongPath = intake.send(operation.method().toUpperCase(Locale.ROOT), at + "x");

                assertAnswers(operation, wrongMethod, 405, "METHOD_NOT_ALLOWED");
                assertThat(wrongMethod.headers().firstValue("Allow").orElse(""))
                        .containsIgnoringCase(operation.method());
                assertAnswers(operation, wrongPath, 404, "NOT_FOUND");
            }
        }
    }

    @Test
    void shouldDescribeEveryCodeOfARefusal() throws Exception {
        List<String> codes = new ArrayList<>();
        description().at("/components/schemas/Refusal/properties/code/enum").forEach(code -> codes.add(code.asText()));
        try (IngestHarness open = new IngestHarness();
                IngestHarness closed = new IngestHarness(key -> Optional.empty(), ProjectRates.UNLIMITED);
                IngestHarness exhausted = new IngestHarness((project, events) -> Optional.of(Duration.ofSeconds(7)))) {
            byte[] body = body("/v1/errors");
            assertThat(List.of(
                            code(open.post("/v1/errors", "nonsense".getBytes(UTF_8), JSON_BODY)),
                            code(open.post("/v1/errors", "{}".getBytes(UTF_8), JSON_BODY)),
                            code(open.post("/v1/errors", body, "Content-Type", "text/plain")),
                            code(closed.post("/v1/errors", body, JSON_BODY)),
                            code(closed.post("/v1/errors", body, "Authorization", "Bearer wrong")),
                            code(exhausted.post("/v1/errors", body, JSON_BODY))))
                    .doesNotHaveDuplicates()
                    .isSubsetOf(codes);
        }
    }

    private static String code(HttpResponse<byte[]> answer) throws IOException {
        return IngestHarness.json(answer).at("/error/code").asText();
    }

    private static void assertAnswers(Operation operation, HttpResponse<byte[]> answer, int status, String code)
            throws IOException {
        JsonNode described = description()
                .path("paths")
                .path(operation.path())
                .path(operation.method())
                .path("responses")
                .path(String.valueOf(status));
        JsonNode response = description().at(described.path("$ref").asText().substring(1));

        assertThat(answer.statusCode()).as("%s", operation).isEqualTo(status);
        assertThat(IngestHarness.json(answer).at("/error/code").asText()).isEqualTo(code);
        assertThat(response.at("/content/application~1json/schema/$ref").asText())
                .as("what is described for %d of %s", status, operation)
                .isEqualTo("#/components/schemas/Refused");
    }

    @Test
    void shouldReferToSchemasThatExist() throws Exception {
        for (JsonNode reference : description().findValues("$ref")) {
            assertThat(description().at(reference.asText().substring(1)).isObject())
                    .as(reference.asText())
                    .isTrue();
        }
    }

    /** Something with an error in it that the path takes. */
    private static byte[] body(String path) {
        String trace = "{\"key\":\"exception.type\",\"value\":{\"stringValue\":\"a.E\"}}";
        String event = "{\"exception\":{\"values\":[{\"type\":\"a.E\"}]}}";
        String text = switch (path) {
            case "/v1/logs" ->
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"attributes\":[" + trace + "]}]}]}]}";
            case "/v1/traces" ->
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"events\":[{\"name\":\"exception\",\"attributes\":["
                        + trace + "]}]}]}]}]}";
            case "/api/{project}/envelope/" -> "{}\n{\"type\":\"event\"}\n" + event;
            case "/api/{project}/store/" -> event;
            default -> "{\"service\":\"cart\",\"exceptions\":[{\"type\":\"a.E\"}]}";
        };
        return text.getBytes(UTF_8);
    }

    private static List<String> answers(String path) throws IOException {
        JsonNode answers = description().path("paths").path(path).path("post").path("responses");
        List<String> statuses = new ArrayList<>();
        answers.fieldNames().forEachRemaining(statuses::add);
        return statuses;
    }

    private static List<String> posted() throws IOException {
        List<String> posted = operations().stream()
                .filter(operation -> operation.method().equals("post"))
                .map(Operation::path)
                .toList();
        assertThat(posted).hasSizeGreaterThan(4);
        return posted;
    }

    private record Operation(String path, String method) {}

    private static List<Operation> operations() throws IOException {
        List<Operation> operations = new ArrayList<>();
        description()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> operations.add(new Operation(path.getKey(), method))));
        return operations;
    }

    private static JsonNode description() throws IOException {
        return new ObjectMapper().readTree(Files.readString(DESCRIPTION));
    }
}
