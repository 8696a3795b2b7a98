package dev.selfheal.ingest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectsFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadEveryField() throws IOException {
        Projects projects = read("""
                {"projects": [{"id": "7", "keys": ["secret-key-1", "secret-key-2"], "service": "shop",
                  "services": {"Cart Service": "cart"}, "eventsPerMinute": 600, "burst": 50}]}
                """);

        Project expected =
                new Project("7", Optional.of("shop"), Map.of("Cart Service", "cart"), Optional.of(new Quota(600, 50)));
        assertThat(projects.project("secret-key-1")).contains(expected);
        assertThat(projects.project("secret-key-2")).contains(expected);
    }

    @Test
    void shouldKnowNobodyElse() throws IOException {
        Projects projects = read("{\"projects\": [{\"id\": \"7\", \"keys\": [\"secret-key-1\"]}]}");

        assertThat(projects.project("secret-key-2")).isEmpty();
        assertThat(projects.project("")).isEmpty();
    }

    @Test
    void shouldTakeASixthOfAMinuteAsBurstWhenNoneIsGiven() throws IOException {
        Projects projects =
                read("{\"projects\": [{\"id\": \"7\", \"keys\": [\"secret-key-1\"], \"eventsPerMinute\": 600}]}");

        assertThat(projects.project("secret-key-1").orElseThrow().quota()).contains(new Quota(600, 100));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; names no project",
                "null; names no project",
                "''; names no project",
                "{\"projects\": []}; names no project",
                "{\"projects\": [{\"keys\": [\"secret-key-1\"]}]}; has no id",
                "{\"projects\": [{\"id\": \"7\"}]}; project '7' has no key",
                "{\"projects\": [{\"id\": \"7\", \"keys\": [\"short\"]}]}; 8 to 128",
                "{\"projects\": [{\"id\": \"7\", \"keys\": [\"secret-key-1\", \"secret-key-1\"]}]}; used twice",
                "{\"projects\": [{\"id\": \"7\", \"keys\": [\"secret-key-1\"]}, {\"id\": \"7\", \"keys\": [\"secret-key-2\"]}]}; two projects",
                "{\"projects\": [{\"id\": \"7\", \"keys\": [\"secret-key-1\"], \"burst\": 5}]}; no eventsPerMinute",
                "{\"projects\": [{\"id\": \"7\", \"keys\": [\"secret-key-1\"], \"eventsPerMinute\": 0}]}; lets nothing in",
                "{\"projects\": [{\"id\": \"7\", \"keyz\": [\"secret-key-1\"]}]}; keyz",
                "{\"projects\": [{\"id\": \"7\", \"keyz\": [\"secret-key-1\"]}]}; /projects/0/keyz that is not known",
                "{\"projects\": [{\"id\": \"7\", \"keys\": \"secret-key-1\"}]}; at /projects/0/keys: the value is of another kind",
                "{\"projects\": [{\"id\": \"7\", \"keys\": [secret-key-1]}]}; column 36: a value is expected",
                "{\"projects\": [{\"id\": \"7\", \"keys\": [\"secret-key-1\"] \"burst\": 1}]}; a comma or a closing bracket is missing",
                "{\"projects\": [{\"id\": \"7\", \"eventsPerMinute\": \"secret-key-1\"}]}; at /projects/0/eventsPerMinute",
                "[]; the value is of another kind",
                "[; it ends before it is complete"
            })
    void shouldSayWhatIsWrongWithoutQuotingAKey(String json, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(json))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e).hasNoCause())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret-key"));
    }

    @Test
    void shouldNameTheFileThatIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProjectsFile.read(folder.resolve("none.json")))
                .withMessageContaining("none.json");
    }

    private Projects read(String json) throws IOException {
        return ProjectsFile.read(Files.writeString(folder.resolve("projects.json"), json));
    }
}
