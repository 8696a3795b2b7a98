package dev.selfheal.patch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.runtime.RetryPolicy;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Two hundred callers meet a provider that is away for thirty seconds and then serves twenty calls a second; on a virtual
 * clock. What is asked: how hard do they hit it when it comes back, and when is the last one served?
 */
class HerdTest {

    private static final int CALLERS = 200;
    private static final long OUTAGE_MS = 30_000;
    private static final int PER_SECOND = 20;

    private static final RetryPolicy CALLS = new RetryPolicy(9, Duration.ofMillis(500), Duration.ofSeconds(10));
    private static final RetryRule RULE = new RetryRule(CALLS, Duration.ofMinutes(1));

    /** One caller's next try. */
    private record Try(long at, Duration lastPause) {}

    /** Most tries within one second after the outage, and when the last caller was served, from the end of the outage. */
    private record Result(int peakPerSecond, double drainedAfterSeconds) {}

    /** Plays it through; the rule turns the provider's Retry-After and the last pause into the next pause. */
    private static Result play(boolean statesRetryAfter, BiFunction<Duration, Duration, Duration> rule) {
        PriorityQueue<Try> tries = new PriorityQueue<>(Comparator.comparingLong(Try::at));
        for (int i = 0; i < CALLERS; i++) {
            tries.add(new Try(0, CALLS.shortest()));
        }
        Map<Long, Integer> served = new HashMap<>();
        Map<Long, Integer> seen = new HashMap<>();
        long last = 0;
        while (!tries.isEmpty()) {
            Try now = tries.poll();
            long second = now.at() / 1000;
            if (now.at() >= OUTAGE_MS) {
                seen.merge(second, 1, Integer::sum);
                if (served.getOrDefault(second, 0) < PER_SECOND) {
                    served.merge(second, 1, Integer::sum);
                    last = Math.max(last, now.at());
                    continue;
                }
            }
            long stated = now.at() < OUTAGE_MS ? OUTAGE_MS - now.at() : 1000;
            Duration pause = rule.apply(Duration.ofMillis(statesRetryAfter ? stated : 0), now.lastPause());
            tries.add(new Try(now.at() + pause.toMillis(), pause));
        }
        return new Result(seen.values().stream().max(Integer::compare).orElseThrow(), (last - OUTAGE_MS) / 1000.0);
    }

    @Test
    void shouldSpreadCallersWhenProviderStatesRetryAfter() {
        Random random = new Random(7);

        Result result = play(true, (asked, previous) -> RULE.pauseAfter(asked, random));

        assertThat(result.peakPerSecond()).isLessThan(40);
        assertThat(result.drainedAfterSeconds()).isLessThan(30);
    }

    @Test
    void shouldSpreadCallersWhenProviderStatesNothing() {
        Random random = new Random(7);

        Result result = play(false, (asked, previous) -> CALLS.next(previous, random));

        assertThat(result.peakPerSecond()).isLessThan(80);
        assertThat(result.drainedAfterSeconds()).isLessThan(30);
    }

    @Test
    void shouldShowThatObeyingRetryAfterExactlyIsAHerd() {
        Result result = play(true, (asked, previous) -> asked);

        assertThat(result.peakPerSecond()).isEqualTo(CALLERS);
    }
}
