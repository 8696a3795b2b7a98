package dev.selfheal.ingest.limit;

import dev.selfheal.ingest.project.Quota;
import java.time.Duration;
import java.util.Optional;

/** Lets a quota's events in: its burst at once, then at its rate. Thread-safe. */
final class TokenBucket {

    private static final double SECONDS_PER_MINUTE = 60;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double burst;
    /** Never above the burst; below zero after a request that was larger than it. */
    private double tokens;

    private long asOf;

    /**
     * @param now nanoseconds of a clock that never goes back, as {@link System#nanoTime()}
     */
    TokenBucket(Quota quota, long now) {
        perSecond = quota.eventsPerMinute() / SECONDS_PER_MINUTE;
        burst = quota.burst();
        tokens = burst;
        asOf = now;
    }

    /**
     * Takes the events, or none of them. A request of more events than the burst is let in when the bucket is full, and
     * leaves a debt: it could never be let in otherwise.
     *
     * @return empty when they were taken; else how long to wait
     */
    synchronized Optional<Duration> take(int events, long now) {
        refill(now);
        double needed = Math.min(events, burst);
        if (tokens >= needed) {
            tokens -= events;
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(Math.round((needed - tokens) / perSecond * NANOS_PER_SECOND)));
    }

    private void refill(long now) {
        long passed = now - asOf;
        if (passed > 0) { // two threads may come with their times in the other order
            tokens = Math.min(burst, tokens + passed / NANOS_PER_SECOND * perSecond);
            asOf = now;
        }
    }
}
