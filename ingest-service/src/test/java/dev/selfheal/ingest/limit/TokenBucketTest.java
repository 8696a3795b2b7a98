package dev.selfheal.ingest.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ingest.project.Quota;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    /** Near where such a clock runs over, which it may do at any time. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private final TokenBucket bucket = new TokenBucket(new Quota(60, 10), START);

    @Test
    void shouldLetTheBurstInAndRefuseOneMore() {
        assertThat(bucket.take(10, START)).isEmpty();
        assertThat(bucket.take(1, START)).contains(Duration.ofSeconds(1));
    }

    @Test
    void shouldLetOneInAfterItsTimeAndNotEarlier() {
        bucket.take(10, START);

        assertThat(bucket.take(1, after(Duration.ofMillis(999)))).contains(Duration.ofMillis(1));
        assertThat(bucket.take(1, after(Duration.ofSeconds(1)))).isEmpty();
    }

    @Test
    void shouldTakeNothingWhenItRefuses() {
        bucket.take(8, START);

        assertThat(bucket.take(3, START)).contains(Duration.ofSeconds(1));
        assertThat(bucket.take(2, START)).isEmpty();
    }

    @Test
    void shouldNeverHoldMoreThanTheBurst() {
        assertThat(bucket.take(10, after(Duration.ofDays(1)))).isEmpty();
        assertThat(bucket.take(1, after(Duration.ofDays(1)))).isPresent();
    }

    @Test
    void shouldLetALargerRequestInOnceAndMakeItsSenderWaitForIt() {
        assertThat(bucket.take(30, START)).isEmpty();

        assertThat(bucket.take(1, after(Duration.ofSeconds(20)))).contains(Duration.ofSeconds(1));
        assertThat(bucket.take(1, after(Duration.ofSeconds(21)))).isEmpty();
    }

    @Test
    void shouldGainNothingFromATimeBeforeTheLast() {
        bucket.take(10, START);

        assertThat(bucket.take(1, START - 1)).contains(Duration.ofSeconds(1));
    }

    private static long after(Duration passed) {
        return START + passed.toNanos();
    }
}
