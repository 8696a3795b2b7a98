package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

    @TempDir
    Path folder;

    @Test
    void shouldReadTheFileAndLetTheEnvironmentWin() throws IOException {
        Path file = Files.writeString(folder.resolve("a.properties"), "bootstrap.servers=file:1\ntopic.prefix=é.\n");
        assertThat(ConfigLoader.load(Optional.of(file), Map.of("SELFHEAL_BOOTSTRAP_SERVERS", "env:2")))
                .containsOnly(Map.entry("bootstrap.servers", "env:2"), Map.entry("topic.prefix", "é."));
    }

    @Test
    void shouldTakeTwoUnderscoresForOne() {
        assertThat(ConfigLoader.load(Optional.empty(), Map.of("SELFHEAL_STREAMS_STATE__DIR_X", "v")))
                .containsOnly(Map.entry("streams.state_dir.x", "v"));
    }

    @Test
    void shouldLeaveAloneWhatIsNoSetting() {
        assertThat(ConfigLoader.load(
                        Optional.empty(),
                        Map.of(
                                "PATH", "/bin",
                                "SELFHEAL_", "x",
                                "SELFHEAL_JAVA_OPTS", "-Xmx1g",
                                "SELFHEAL_INGEST_SERVICE_HOST", "10.0.0.1",
                                "SELFHEAL_INGEST_SERVICE_PORT_HTTP", "80",
                                "SELFHEAL_INGEST_PORT", "tcp://10.0.0.1:80",
                                "SELFHEAL_INGEST_PORT_80_TCP_ADDR", "10.0.0.1")))
                .isEmpty();
    }

    @Test
    void shouldNameTheFileWhenItCannotBeRead() {
        assertThatThrownBy(() -> ConfigLoader.load(Optional.of(folder.resolve("missing.properties")), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("missing.properties");
    }
}
