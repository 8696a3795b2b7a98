package dev.selfheal.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptionTest {

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

    @Test
    void shouldReferToSchemasThatExist() throws Exception {
        JsonNode description = new ObjectMapper().readTree(Files.readString(DESCRIPTION));

        for (JsonNode reference : description.findValues("$ref")) {
            assertThat(description.at(reference.asText().substring(1)).isObject())
                    .as(reference.asText())
                    .isTrue();
        }
    }

    private static List<String> posted() throws IOException {
        JsonNode paths =
                new ObjectMapper().readTree(Files.readString(DESCRIPTION)).path("paths");
        List<String> posted = new ArrayList<>();
        paths.properties().forEach(path -> {
            if (path.getValue().has("post")) {
                posted.add(path.getKey());
            }
        });
        assertThat(posted).hasSizeGreaterThan(4);
        return posted;
    }
}
