package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final RetryPolicy POLICY = new RetryPolicy(5, Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void shouldWaitBetweenTheShortestAndThreeTimesTheLast() {
        Random random = new Random(1);
        assertThat(IntStream.range(0, 1000).mapToObj(i -> POLICY.next(Duration.ofMillis(200), random)))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMillis(100), Duration.ofMillis(600)));
    }

    @Test
    void shouldNotPileUpAtTheLongestWait() {
        Random random = new Random(1);
        long atTheLimit = IntStream.range(0, 1000)
                .mapToObj(i -> POLICY.next(Duration.ofSeconds(1), random))
                .peek(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(1)))
                .filter(Duration.ofSeconds(1)::equals)
                .count();
        assertThat(atTheLimit).isLessThan(20);
    }

    @Test
    void shouldRefuseLimitsThatAreNoRange() {
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ofMillis(1), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofMillis(2), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
