package dev.selfheal.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.event.Isolation;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationConfigTest {

    private static final String KEY = ValidationConfig.KEY_FILE;

    @Test
    void shouldNeedNothingButAKeyFile() {
        ValidationConfig config = new ValidationConfig(Map.of(KEY, "key.pem"));
        assertThat(config.concurrency()).isEqualTo(2);
        assertThat(config.timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.createsKey()).isFalse();
        assertThat(config.sandbox().forced()).isEmpty();
        assertThat(config.maven().command()).isEqualTo("mvn");
        assertThat(config.attestationValidity()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void shouldTakeExplicitValues() {
        ValidationConfig config = new ValidationConfig(Map.of(
                KEY,
                "key.pem",
                ValidationConfig.ISOLATION,
                "unshare",
                ValidationConfig.MAVEN_ARGUMENTS,
                "-o,-s,settings.xml",
                ValidationConfig.HEAP,
                "256",
                ValidationConfig.TESTS_TIMEOUT,
                "1500"));
        assertThat(config.sandbox().forced()).contains(Isolation.UNSHARE);
        assertThat(config.sandbox().limits().heapMiB()).isEqualTo(256);
        assertThat(config.maven().arguments()).containsExactly("-o", "-s", "settings.xml");
        assertThat(config.testsTimeout()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void shouldRefuseToStartWithoutAKeyFile() {
        assertThatThrownBy(() -> new ValidationConfig(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "worker.concurrency, 0",
        "sandbox.isolation, none",
        "baseline.max.entries, 0",
        "signing.validity.ms, 0",
        "validation.timeout.ms, 10",
        "validation.tests.timeout.ms, 300001",
        "validation.tset.timeout.ms, 1000"
    })
    void shouldRefuseWhatCannotWork(String key, String value) {
        assertThatThrownBy(() -> new ValidationConfig(Map.of(KEY, "key.pem", key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void shouldShipAPropertiesFileThatIsValidAndShowsTheDefaults() throws IOException {
        Properties shipped = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("config", "validation.properties"))) {
            shipped.load(in);
        }
        Map<String, String> values = new HashMap<>();
        shipped.forEach((key, value) -> values.put((String) key, (String) value));
        ValidationConfig config = new ValidationConfig(values);
        ValidationConfig defaults = new ValidationConfig(Map.of(KEY, values.get(KEY)));
        for (String key : values.keySet()) {
            if (!key.equals(ValidationConfig.WORK_DIRECTORY)) {
                assertThat(config.values().get(key))
                        .as(key)
                        .isEqualTo(defaults.values().get(key));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"http://vault:8200/sign", "vault", "ftp://127.0.0.1/x", "https:", "http://127.0.0.1.example.org/x"})
    void shouldNotSendCredentialsForSigningInTheClear(String url) {
        assertThatThrownBy(() -> new ValidationConfig(Map.of(KEY, "key.pem", ValidationConfig.SIGNING_URL, url)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(ValidationConfig.SIGNING_URL);
    }

    @Test
    void shouldTakeOneForeignSignerAtMost() {
        String url = "https://vault:8200/v1/transit/sign/selfheal";
        assertThat(new ValidationConfig(Map.of(KEY, "key.pem", ValidationConfig.SIGNING_URL, url)).signingService())
                .isPresent();
        assertThatThrownBy(() -> new ValidationConfig(Map.of(
                        KEY, "key.pem", ValidationConfig.SIGNING_URL, url, ValidationConfig.SIGNING_COMMAND, "sign")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not both");
    }
}
