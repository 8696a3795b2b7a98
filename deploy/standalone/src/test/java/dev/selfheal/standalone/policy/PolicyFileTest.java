package dev.selfheal.standalone.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"autonomi\": {}}                               | /autonomi: no such field",
                "{\"autonomy\": {\"maxFile\": 1}}                 | /autonomy/maxFile: no such field",
                "{\"autonomy\": {\"maxFiles\": \"two\"}}          | /autonomy/maxFiles: must be a whole number",
                "{\"autonomy\": {\"minimumIsolation\": \"JAIL\"}} | /autonomy/minimumIsolation: must be one of",
                "{\"providers\": [1]}                             | /providers/0: must be a string",
                "{\"budget\": 3}                                  | /budget: must be an object",
                "[]                                               | must hold one JSON object",
                "{                                                | is not JSON",
            })
    void shouldNameTheFieldWhenTheFileDoesNotFit(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class).hasMessageContaining(message);
    }

    private HealingPolicy read(String json) throws IOException {
        return PolicyFile.read(Files.writeString(temp.resolve("policy.json"), json), DEFAULTS);
    }
}
