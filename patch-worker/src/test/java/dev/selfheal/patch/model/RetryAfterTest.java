package dev.selfheal.patch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static Optional<Duration> read(String... headers) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], List.of(headers[i + 1]));
        }
        return RetryAfter.of(HttpHeaders.of(map, (name, value) -> true), NOW);
    }

    @Test
    void shouldReadSeconds() {
        assertThat(read("Retry-After", "7")).contains(Duration.ofSeconds(7));
    }

    @Test
    void shouldReadFractionsOfSecondsWhenProviderSendsThem() {
        assertThat(read("Retry-After", " 0.25 ")).contains(Duration.ofMillis(250));
    }

    @Test
    void shouldReadHttpDate() {
        assertThat(read("Retry-After", "Sun, 22 Nov 2026 10:01:30 GMT")).contains(Duration.ofSeconds(90));
    }

    @Test
    void shouldBeZeroWhenDateHasPassed() {
        assertThat(read("Retry-After", "Sun, 22 Nov 2026 09:00:00 GMT")).contains(Duration.ZERO);
    }

    @Test
    void shouldPreferMilliseconds() {
        assertThat(read("retry-after-ms", "120", "Retry-After", "7")).contains(Duration.ofMillis(120));
    }

    @Test
    void shouldFallBackToSecondsWhenMillisecondsAreUnreadable() {
        assertThat(read("retry-after-ms", "soon", "Retry-After", "7")).contains(Duration.ofSeconds(7));
    }

    @Test
    void shouldBoundWhatHostileProviderAsks() {
        assertThat(read("Retry-After", "1e300")).contains(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "NaN", "Sun, 99 Nov 2026 10:01:30 GMT"})
    void shouldBeAbsentWhenUnreadable(String value) {
        assertThat(read("Retry-After", value)).isEmpty();
    }

    @Test
    void shouldBeAbsentWithoutHeader() {
        assertThat(read()).isEmpty();
    }
}
