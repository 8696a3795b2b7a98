package dev.selfheal.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisConfigTest {

    @Test
    void shouldHaveDefaults() {
        AnalysisConfig config = new AnalysisConfig(Map.of());

        assertThat(config.applicationId()).isEqualTo("selfheal-analysis");
        assertThat(config.duplicateWindow()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.trendGrace()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.gateSettings(1).wide().sensitivity().minimumVolume()).isEqualTo(10);
        assertThat(config.gateSettings(1).group().sensitivity().minimumVolume()).isEqualTo(3);
    }

    @Test
    void shouldTakeWhatIsConfigured() {
        AnalysisConfig config = new AnalysisConfig(
                Map.of(AnalysisConfig.TREND_ALARM_THRESHOLD, "7.5", AnalysisConfig.BREAKER_OPENING_MS, "1000"));

        assertThat(config.trendSettings().alarmThreshold()).isEqualTo(7.5);
        assertThat(config.gateSettings(1).wide().pauses().firstOpening()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "breaker.failure.rate, 1.5",
        "breaker.failure.rate, 0",
        "breaker.window, 19",
        "breaker.degraded.rate, 0.91",
        "breaker.foresight, -1",
        "breaker.regression.weight, 0",
        "load.stale.ms, 0",
        "load.busy.share, 1.1",
        "trend.alarm.threshold, 0",
        "trend.memory.windows, 9",
        "tick.ms, 0",
        "query.timeout.ms, 99",
        "query.max.page, 0",
        "query.advertised.url, https://a:1",
        "query.advertised.url, http://a",
        "query.advertised.url, not a url",
        "alerts.failure.rate, 1.1",
        "archive.cases.per.group, 0",
        "trend.treshold, 1"
    })
    void shouldRefuseWhatMakesNoSense(String key, String value) {
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> new AnalysisConfig(Map.of(key, value)));
    }

    @Test
    void shouldServeTheReadModelOnLoopbackUnlessToldOtherwise() {
        assertThat(new AnalysisConfig(Map.of()).querySettings()).hasValueSatisfying(query -> {
            assertThat(query.host()).isEqualTo("127.0.0.1");
            assertThat(query.advertised()).isEmpty();
        });
        assertThat(new AnalysisConfig(Map.of("query.enabled", "false")).querySettings())
                .isEmpty();
        Map<String, String> anywhere = Map.of("http.host", "0.0.0.0", "query.advertised.url", "http://node-1:8090");
        assertThat(new AnalysisConfig(anywhere).querySettings().orElseThrow().advertised())
                .contains(URI.create("http://node-1:8090"));
    }

    @Test
    void shouldPassStreamsSettingsThroughOverOurs() {
        AnalysisConfig config =
                new AnalysisConfig(Map.of("streams.num.stream.threads", "3", "streams.commit.interval.ms", "20"));

        Properties settings = StreamsSettings.of(config);

        assertThat(settings).containsEntry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "3");
        assertThat(settings).containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "20");
        assertThat(settings).containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }

    /** Uncommented, every line of the manual is a key we know with the default it says. */
    @Test
    void shouldShowEveryKeyWithItsDefaultInTheCommentedFile() throws IOException {
        Properties shown = new Properties();
        String text = Files.readString(Path.of("config/analysis.properties")).replaceAll("(?m)^#(?=[a-z.]+=)", "");
        try (Reader reader = new StringReader(text)) {
            shown.load(reader);
        }
        AnalysisConfig config = new AnalysisConfig(shown);
        AnalysisConfig defaults = new AnalysisConfig(Map.of());
        for (String key : AnalysisConfig.definition().names()) {
            if (key.startsWith("trend.")
                    || key.startsWith("breaker.")
                    || key.startsWith("alerts.")
                    || key.startsWith("query.")
                    || key.startsWith("load.")
                    || key.startsWith("classification.")
                    || key.startsWith("confidence.")
                    || (key.endsWith(".ms") && shown.containsKey(key))) {
                assertThat(shown).containsKey(key);
                assertThat(config.values().get(key))
                        .as(key)
                        .isEqualTo(defaults.values().get(key));
            }
        }
    }
}
