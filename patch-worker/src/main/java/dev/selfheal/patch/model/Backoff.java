package dev.selfheal.patch.model;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decorrelated jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015): each pause is uniform
 * between {@code base} and three times the pause before. The range is capped, not the drawn value, so that late pauses
 * stay spread instead of piling up at the cap. Pure but for its random source.
 *
 * @param base shortest pause
 * @param cap longest pause
 */
public record Backoff(Duration base, Duration cap) {

    private static final int GROWTH = 3;

    public Backoff {
        if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("need 0 < base <= cap, got " + base + " and " + cap);
        }
    }

    /**
     * @param previous the pause before this one; zero for the first
     */
    public Duration next(Duration previous, RandomGenerator random) {
        long low = base.toMillis();
        long high = Math.min(cap.toMillis(), GROWTH * Math.max(low, previous.toMillis()));
        return Duration.ofMillis(random.nextLong(low, high + 1));
    }

    /**
     * The pause after a provider said how long to stay away. It says so to every caller at the same moment, so the
     * jitter on top begins as wide as it gets: callers that come back together only meet the same limit again.
     */
    Duration nextAfter(Duration retryAfter, RandomGenerator random) {
        return retryAfter.plusMillis(random.nextLong(0, cap.toMillis() + 1));
    }
}
