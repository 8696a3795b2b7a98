package dev.selfheal.standalone.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.event.CommandBuild;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    private static final HealingPolicy DEFAULTS =
            LocalPolicy.of("cart", Path.of("/repo"), "app", Isolation.UNSHARE, Instant.EPOCH);

    @TempDir
    private Path temp;

    @Test
    void shouldKeepEveryDefaultWhenTheFileIsAnEmptyObject() throws Exception {
        assertThat(read("{}")).isEqualTo(DEFAULTS);
    }

    @Test
    void shouldOverlayOnlyWhatTheFileNames() throws Exception {
        HealingPolicy policy = read("""
                {"autonomy": {"maxFiles": 5, "minimumIsolation": "BUBBLEWRAP"}, "providers": ["claude", "template"]}""");
        assertThat(policy.getAutonomy().getMaxFiles()).isEqualTo(5);
        assertThat(policy.getAutonomy().getMinimumIsolation()).isEqualTo(Isolation.BUBBLEWRAP);
        assertThat(policy.getAutonomy().getAllowedPaths()).containsExactly("app/src/main/java/**");
        assertThat(policy.getProviders()).isEqualTo(List.of("claude", "template"));
        assertThat(policy.getBudget()).isEqualTo(DEFAULTS.getBudget());
    }

    @Test
    void shouldTakeACommandAsBuildWithItsDefaults() throws Exception {
        CommandBuild build = read("""
                {"source": {"build": "command", "command": {"command": ["/usr/bin/python3"], "tests": ["tests/**"]}}}""").getSource().getCommand().orElseThrow();

        assertThat(build.getCommand()).containsExactly("/usr/bin/python3");
        assertThat(build.getTests()).containsExactly("tests/**");
        assertThat(build.getTools()).isEmpty();
        assertThat(build.getAutonomous()).isFalse();
    }

    @Test
    void shouldTakeWhatIsTrueOrFalse() throws Exception {
        assertThat(read("{\"checks\": {\"wholeSuite\": true}}").getChecks().getWholeSuite())
                .isTrue();
    }

    @Test
    void shouldTakeEveryExampleOfTheManual() throws Exception {
        Matcher example = Pattern.compile("(?s)```json\\n(.*?)```")
                .matcher(Files.readString(Path.of("..", "..", "docs", "policy.md")));
        int examples = 0;
        while (example.find()) {
            assertThat(read(example.group(1)).getService()).isEqualTo("cart");
            examples++;
        }
        assertThat(examples).isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"autonomi\": {}}                               | /autonomi: no such field",
                "{\"autonomy\": {\"maxFile\": 1}}                 | /autonomy/maxFile: no such field",
                "{\"autonomy\": {\"maxFiles\": \"two\"}}          | /autonomy/maxFiles: must be a whole number",
                "{\"autonomy\": {\"minimumIsolation\": \"JAIL\"}} | /autonomy/minimumIsolation: must be one of",
                "{\"providers\": [1]}                             | /providers/0: must be a string",
                "{\"source\": {\"command\": {\"tests\": []}}}     | /source/command/command: is missing",
                "{\"source\": {\"command\": \"pytest\"}}         | /source/command: must be an object or null",
                "{\"source\": {\"command\": {\"command\": [], \"tests\": [], \"run\": 1}}} | /source/command/run: no such field",
                "{\"checks\": {\"behaviour\": \"yes\"}}          | /checks/behaviour: must be true or false",
                "{\"budget\": 3}                                  | /budget: must be an object",
                "[]                                               | must hold one JSON object",
                "{                                                | is not valid JSON at column 2: it ends before it is complete",
            })
    void shouldNameTheFieldWhenTheFileDoesNotFit(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class).hasMessageContaining(message);
    }

    private HealingPolicy read(String json) throws IOException {
        return PolicyFile.read(Files.writeString(temp.resolve("policy.json"), json), DEFAULTS);
    }
}
