package dev.selfheal.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often something is tried and how long to wait in between. The waits follow decorrelated jitter: each is drawn
 * uniformly between the shortest wait and three times the last one. The range is clipped before the draw, not the draw
 * after it, because clipped draws pile up at the limit and make a herd.
 *
 * @param maxAttempts tries in all, the first one included
 * @param shortest least wait between two tries
 * @param longest greatest wait between two tries
 */
public record RetryPolicy(int maxAttempts, Duration shortest, Duration longest) {

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts is " + maxAttempts + ", must be at least 1");
        }
        if (shortest.isNegative() || shortest.isZero() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException("waits of " + shortest + " to " + longest + " are no range");
        }
    }

    /**
     * The wait after this one.
     *
     * @param last the wait before; {@link #shortest} for the first
     */
    public Duration next(Duration last, RandomGenerator random) {
        long low = shortest.toMillis();
        long high = Math.min(longest.toMillis(), Math.max(low, 3 * last.toMillis()));
        return Duration.ofMillis(low + random.nextLong(high - low + 1));
    }
}
