package dev.selfheal.patch.model;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * Spreads the calls of one key evenly over time, and keeps away from a provider that asked for it. Reserves a moment
 * instead of blocking until it comes: Resilience4j's own decorator parks the calling thread. Thread-safe.
 */
final class Pacing {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RateLimiter limiter;
    private final RetryRule retry;
    private final Clock clock;
    private final RandomGenerator random;
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.MIN);

    Pacing(String name, RouteSettings route, Clock clock, RandomGenerator random) {
        this.retry = route.retry();
        this.clock = clock;
        this.random = random;
        this.limiter = RateLimiter.of(
                name,
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(MINUTE.dividedBy(route.limits().requestsPerMinute()))
                        .timeoutDuration(retry.patience())
                        .build());
    }

    /** How long to wait before sending; the moment is reserved. Empty when it lies beyond the patience for a pause. */
    Optional<Duration> reserve() {
        Duration pause = remainingPause();
        if (pause.compareTo(retry.patience()) > 0) {
            return Optional.empty();
        }
        long nanos = limiter.reservePermission();
        if (nanos < 0) {
            return Optional.empty();
        }
        Duration turn = Duration.ofNanos(nanos);
        Duration jittered = pause.isZero() ? pause : retry.pauseAfter(pause, random);
        return Optional.of(turn.compareTo(jittered) > 0 ? turn : jittered);
    }

    /** The provider asked to be left alone; holds for every call of this key, never shortens an earlier wish. */
    void pauseFor(Duration asked) {
        notBefore.accumulateAndGet(clock.instant().plus(asked), (a, b) -> a.isAfter(b) ? a : b);
    }

    /** Zero when nothing holds calls back. */
    Duration remainingPause() {
        Instant until = notBefore.get();
        Instant now = clock.instant();
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }
}
