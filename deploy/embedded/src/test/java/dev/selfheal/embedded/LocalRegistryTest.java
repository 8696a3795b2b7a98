package dev.selfheal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRegistryTest {

    private static final String ONE_FIELD =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}";
    private static final String FIELD_WITH_DEFAULT =
            ONE_FIELD.replace("\"string\"}", "\"string\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final String FIELD_WITHOUT_DEFAULT =
            ONE_FIELD.replace("\"string\"}", "\"string\"},{\"name\":\"b\",\"type\":\"int\"}");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private LocalRegistry registry;

    private record Answer(int status, JsonNode body) {}

    @BeforeEach
    void start() {
        registry = LocalRegistry.start(OptionalInt.empty(), directory.resolve("registry.jsonl"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldGiveTheSameIdWhenASchemaIsRegisteredAgain() throws Exception {
        int first = register("events-value", ONE_FIELD).body().get("id").asInt();

        assertThat(register("events-value", ONE_FIELD).body().get("id").asInt()).isEqualTo(first);
        assertThat(register("other-value", ONE_FIELD).body().get("id").asInt()).isEqualTo(first);
    }

    @Test
    void shouldAnswerTheSchemaWhenAskedByIdInResolvedFormat() throws Exception {
        int id = register("events-value", ONE_FIELD).body().get("id").asInt();

        Answer answer = call("GET", "/schemas/ids/" + id + "?format=resolved", null);

        assertThat(json.readTree(answer.body().get("schema").asText())).isEqualTo(json.readTree(ONE_FIELD));
    }

    @Test
    void shouldLookUpAVersionWithoutRegistering() throws Exception {
        register("events-value", ONE_FIELD);
        register("events-value", FIELD_WITH_DEFAULT);

        Answer found = call("POST", "/subjects/events-value", schema(FIELD_WITH_DEFAULT));
        Answer missing = call("POST", "/subjects/events-value", schema("\"long\""));

        assertThat(found.body().get("version").asInt()).isEqualTo(2);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body().get("error_code").asInt()).isEqualTo(40403);
    }

    @Test
    void shouldRefuseASchemaThatOldReadersCannotRead() throws Exception {
        register("events-value", ONE_FIELD);

        Answer refused = register("events-value", FIELD_WITHOUT_DEFAULT);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("error_code").asInt()).isEqualTo(409);
        assertThat(call("GET", "/subjects/events-value/versions", null).body()).hasSize(1);
    }

    @Test
    void shouldCompareWithEveryVersionWhenLevelIsTransitive() throws Exception {
        register("events-value", ONE_FIELD);
        register("events-value", FIELD_WITH_DEFAULT);

        // Reads the second version by its name, the first not at all.
        Answer refused = register("events-value", FIELD_WITHOUT_DEFAULT);

        assertThat(refused.status()).isEqualTo(409);
    }

    @Test
    void shouldAcceptAnythingWhenTheSubjectsLevelIsNone() throws Exception {
        register("events-value", ONE_FIELD);
        call("PUT", "/config/events-value", "{\"compatibility\":\"NONE\"}");

        assertThat(register("events-value", FIELD_WITHOUT_DEFAULT).status()).isEqualTo(200);
        assertThat(call("GET", "/config", null).body().get("compatibilityLevel").asText())
                .isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void shouldRememberIdsWhenStartedAgainOnTheSameFile() throws Exception {
        register("a-value", ONE_FIELD);
        int id = register("b-value", FIELD_WITH_DEFAULT).body().get("id").asInt();
        registry.close();

        registry = LocalRegistry.start(OptionalInt.empty(), directory.resolve("registry.jsonl"));

        assertThat(register("b-value", FIELD_WITH_DEFAULT).body().get("id").asInt())
                .isEqualTo(id);
        assertThat(call("GET", "/subjects", null).body()).hasSize(2);
    }

    @Test
    void shouldKeepASubjectWithASlashApart() throws Exception {
        register("a%2Fb-value", ONE_FIELD);

        assertThat(call("GET", "/subjects", null).body().get(0).asText()).isEqualTo("a/b-value");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /schemas/ids/99, , 404, 40403",
        "GET, /subjects/none/versions, , 404, 40401",
        "GET, /subjects/known/versions/9, , 404, 40402",
        "GET, /subjects/known/versions/x, , 422, 42202",
        "PUT, /config, '{\"compatibility\":\"ODD\"}', 422, 42203",
        "POST, /subjects/known/versions, '{\"schema\":\"{\"}', 422, 42201",
        "POST, /subjects/known/versions, '{\"schema\":\"x\",\"schemaType\":\"JSON\"}', 422, 42201",
        "POST, /subjects/known/versions, '{', 400, 400",
        "GET, /, , 404, 404",
        "DELETE, /subjects/known, , 404, 404",
    })
    void shouldAnswerConfluentsErrorCode(String method, String path, String body, int status, int code)
            throws Exception {
        register("known", "\"string\"");

        Answer answer = call(method, path, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("error_code").asInt()).isEqualTo(code);
    }

    private Answer register(String subject, String schema) throws Exception {
        return call("POST", "/subjects/" + subject + "/versions", schema(schema));
    }

    private String schema(String text) {
        return json.createObjectNode().put("schema", text).toString();
    }

    private Answer call(String method, String path, String body) throws Exception {
        HttpRequest.BodyPublisher publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(URI.create(registry.url() + path))
                        .method(method, publisher)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), json.readTree(response.body()));
    }
}
