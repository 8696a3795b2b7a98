package dev.selfheal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetersTest {

    private static final Path MANUAL = Path.of("..", "docs", "metrics.md");

    /** {@code mvn -pl common test -Dtest=MetersTest -Dselfheal.docs.write=true} writes the page. */
    @Test
    void shouldBeWhatTheManualSays() throws IOException {
        if (Boolean.getBoolean("selfheal.docs.write")) {
            Files.writeString(MANUAL, MetersReference.markdown());
        }
        assertThat(Files.readString(MANUAL))
                .as("docs/metrics.md is generated; write it again with -Dselfheal.docs.write=true")
                .isEqualTo(MetersReference.markdown());
    }

    @Test
    void shouldHaveOneNameEach() {
        assertThat(Meters.values()).extracting(Meters::meterName).doesNotHaveDuplicates();
    }

    @Test
    void shouldBeScrapedUnderTheNamesInTheManual() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        for (Meters meter : Meters.values()) {
            register(meter, registry);
        }
        Matcher names = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|").matcher(MetersReference.markdown());
        assertThat(names.results().map(match -> match.group(1)))
                .hasSize(Meters.values().length)
                .allSatisfy(name -> assertThat(registry.scrape()).contains("# HELP " + name + " "));
    }

    @Test
    void shouldRefuseTheWrongNumberOfTags() {
        assertThatThrownBy(() -> Meters.WORKER_DEAD_LETTERS.counter(new SimpleMeterRegistry(), "only-one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WORKER_DEAD_LETTERS");
    }

    @Test
    void shouldRefuseTheWrongKind() {
        assertThatThrownBy(() -> Meters.WORKER_HANDLING.counter(new SimpleMeterRegistry(), "w"))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void register(Meters meter, PrometheusMeterRegistry registry) {
        String[] values = meter.tagKeys().toArray(String[]::new);
        Arrays.fill(values, "x");
        switch (meter.kind()) {
            case "counter" -> meter.counter(registry, values);
            case "timer" -> meter.timer(registry, values);
            default -> meter.gauge(registry, () -> 1, values);
        }
    }
}
