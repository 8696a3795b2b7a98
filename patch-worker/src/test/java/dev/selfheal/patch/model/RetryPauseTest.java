package dev.selfheal.patch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.selfheal.runtime.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryPauseTest {

    private static final RetryPolicy CALLS = new RetryPolicy(4, Duration.ofMillis(200), Duration.ofSeconds(10));
    private static final RetryRule RULE = new RetryRule(CALLS, Duration.ofMinutes(1));

    private final Random random = new Random(42);

    private List<Long> draw(Supplier<Duration> pause) {
        return Stream.generate(pause).limit(20_000).map(Duration::toMillis).toList();
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElseThrow();
    }

    @Test
    void shouldDrawFirstPauseBetweenBaseAndThreeTimesBase() {
        List<Long> pauses = draw(() -> CALLS.next(CALLS.shortest(), random));

        assertThat(pauses).allMatch(ms -> ms >= 200 && ms <= 600);
        assertThat(mean(pauses)).isCloseTo(400, within(5.0));
    }

    @Test
    void shouldDrawLaterPauseBetweenBaseAndThreeTimesPrevious() {
        List<Long> pauses = draw(() -> CALLS.next(Duration.ofSeconds(1), random));

        assertThat(pauses).allMatch(ms -> ms >= 200 && ms <= 3_000);
        assertThat(mean(pauses)).isCloseTo(1_600, within(20.0));
    }

    @Test
    void shouldStaySpreadAtTheCap() {
        List<Long> pauses = draw(() -> CALLS.next(Duration.ofSeconds(10), random));

        assertThat(pauses).allMatch(ms -> ms >= 200 && ms <= 10_000);
        assertThat(mean(pauses)).isCloseTo(5_100, within(70.0));
        assertThat(pauses.stream().filter(ms -> ms == 10_000).count()).isLessThan(20);
    }

    @Test
    void shouldNeverUndercutRetryAfter() {
        List<Long> pauses = draw(() -> RULE.pauseAfter(Duration.ofSeconds(30), random));

        assertThat(pauses).allMatch(ms -> ms >= 30_000 && ms <= 40_000);
        assertThat(mean(pauses)).isCloseTo(35_000, within(70.0));
    }
}
