package dev.selfheal.ingest.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ingest.project.Quota;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final TokenBucket bucket = new TokenBucket(new Quota(60, 10), START);

    @Test
    void shouldLetTheBurstInAndRefuseOneMore() {
        assertThat(bucket.take(10, START)).isEmpty();
        assertThat(bucket.take(1, START)).contains(Duration.ofSeconds(1));
    }

    @Test
    void shouldLetOneInAfterItsTimeAndNotEarlier() {
        bucket.take(10, START);

        assertThat(bucket.take(1, START.plusMillis(999))).contains(Duration.ofMillis(1));
        assertThat(bucket.take(1, START.plusMillis(1_000))).isEmpty();
    }

    @Test
    void shouldTakeNothingWhenItRefuses() {
        bucket.take(8, START);

        assertThat(bucket.take(3, START)).contains(Duration.ofSeconds(1));
        assertThat(bucket.take(2, START)).isEmpty();
    }

    @Test
    void shouldNeverHoldMoreThanTheBurst() {
        assertThat(bucket.take(10, START.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(bucket.take(1, START.plus(Duration.ofDays(1)))).isPresent();
    }

    @Test
    void shouldLetALargerRequestInOnceAndMakeItsSenderWaitForIt() {
        assertThat(bucket.take(30, START)).isEmpty();

        assertThat(bucket.take(1, START.plusSeconds(20))).contains(Duration.ofSeconds(1));
        assertThat(bucket.take(1, START.plusSeconds(21))).isEmpty();
    }

    @Test
    void shouldGainNothingWhenTheClockIsSetBack() {
        bucket.take(10, START);

        assertThat(bucket.take(1, START.minusSeconds(60))).isPresent();
    }
}
