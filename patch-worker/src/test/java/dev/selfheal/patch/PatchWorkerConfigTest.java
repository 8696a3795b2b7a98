package dev.selfheal.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.patch.model.RouteSettings;
import dev.selfheal.patch.model.WireProtocol;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class PatchWorkerConfigTest {

    private static Map<String, String> claude(String... more) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("models.routes", "claude");
        values.put("model.claude.protocol", "anthropic");
        values.put("model.claude.name", "some-model");
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return values;
    }

    private static RouteSettings route(String... more) {
        return new PatchWorkerConfig(claude(more)).routes().get(0);
    }

    @Test
    void shouldNeedNoModel() {
        PatchWorkerConfig config = new PatchWorkerConfig(Map.of());

        assertThat(config.routes()).isEmpty();
        assertThat(config.concurrency()).isEqualTo(16);
        assertThat(config.totalUsdPerDay()).isEqualTo(20);
        assertThat(config.promptCharacters()).isEqualTo(60_000);
        assertThat(config.workDirectory()).isAbsolute();
    }

    @Test
    void shouldTakeTheVendorsAddressAndOneEmptyKeyByDefault() {
        RouteSettings route = route();

        assertThat(route.protocol()).isEqualTo(WireProtocol.ANTHROPIC);
        assertThat(route.baseUrl()).isEqualTo(URI.create("https://api.anthropic.com"));
        assertThat(route.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.value()).isEmpty());
        assertThat(route.settings().temperature()).isEqualTo(OptionalDouble.empty());
        assertThat(route.limits().deadline()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void shouldReadExplicitValues() {
        RouteSettings route = route(
                "model.claude.base.url", "http://localhost:1234/",
                "model.claude.api.keys", "a, b,",
                "model.claude.temperature", "0.5",
                "model.claude.retry.max.attempts", "2",
                "model.claude.weight", "7");

        assertThat(route.baseUrl()).isEqualTo(URI.create("http://localhost:1234"));
        assertThat(route.keys()).extracting(key -> key.value()).containsExactly("a", "b");
        assertThat(route.settings().temperature()).hasValue(0.5);
        assertThat(route.retry().calls().maxAttempts()).isEqualTo(2);
        assertThat(route.weight()).isEqualTo(7);
    }

    @Test
    void shouldRefuseKeysOfRouteThatIsNotListed() {
        assertThatThrownBy(() -> new PatchWorkerConfig(claude("model.gpt.name", "x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.gpt.name")
                .hasMessageContaining("models.routes");
    }

    @Test
    void shouldRefuseRouteWithoutModel() {
        assertThatThrownBy(() ->
                        new PatchWorkerConfig(Map.of("models.routes", "claude", "model.claude.protocol", "anthropic")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.claude.")
                .hasMessageContaining("name");
    }

    @Test
    void shouldRefuseUnknownKeyOfRoute() {
        assertThatThrownBy(() -> new PatchWorkerConfig(claude("model.claude.temprature", "1")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.claude.temprature");
    }

    @Test
    void shouldRefuseReservedRouteName() {
        assertThatThrownBy(() -> new PatchWorkerConfig(Map.of("models.routes", "template")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("reserved");
    }

    @Test
    void shouldRefuseBackoffRangeThatIsNone() {
        assertThatThrownBy(
                        () -> route("model.claude.retry.backoff.ms", "100", "model.claude.retry.backoff.max.ms", "1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.claude.");
    }

    @Test
    void shouldNotRepeatMistypedKeyInItsComplaint() {
        assertThatThrownBy(() -> route("model.claude.api.keys", "sk secret"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("claude")
                .hasMessageNotContaining("sk secret");
    }

    @Test
    void shouldAcceptTheCommentedPropertiesFile() throws Exception {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("config", "patch-worker.properties"))) {
            properties.load(reader);
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));

        assertThat(new PatchWorkerConfig(values).routes()).isEmpty();
    }
}
