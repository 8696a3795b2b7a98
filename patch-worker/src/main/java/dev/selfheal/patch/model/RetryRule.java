package dev.selfheal.patch.model;

import dev.selfheal.runtime.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Decides what follows a failed call. Pure but for its random source.
 *
 * @param calls how often a key is called for one question, repair turns and doubled limits included, and how long to
 *     pause in between where the provider does not say
 * @param patience longest Retry-After worth waiting for; with a longer one another key is asked instead
 */
public record RetryRule(RetryPolicy calls, Duration patience) {

    /**
     * What has been done so far for one question on one key.
     *
     * @param calls calls made
     * @param lastPause the newest pause; zero before the first
     * @param repaired a repair turn was spent
     * @param doubled the token limit was doubled
     */
    record Progress(int calls, Duration lastPause, boolean repaired, boolean doubled) {

        static final Progress START = new Progress(0, Duration.ZERO, false, false);

        Progress called() {
            return new Progress(calls + 1, lastPause, repaired, doubled);
        }

        /** What it is once the step has been taken. */
        Progress after(NextStep step, ModelError error) {
            if (step instanceof NextStep.Again again) {
                return new Progress(calls, again.pause(), repaired, doubled);
            }
            boolean repair = error instanceof ModelError.Malformed;
            boolean limit = error instanceof ModelError.Truncated;
            return new Progress(calls, lastPause, repaired || repair, doubled || limit);
        }
    }

    NextStep next(
            ModelError error,
            ModelRequest request,
            Progress progress,
            Instant now,
            Instant deadline,
            RandomGenerator random) {
        if (progress.calls() >= calls.maxAttempts()) {
            return new NextStep.GiveUp();
        }
        if (error instanceof ModelError.Malformed malformed && !progress.repaired()) {
            return new NextStep.Changed(request.withRepairTurn(malformed.reply(), malformed.detail()));
        }
        if (error instanceof ModelError.Truncated && !progress.doubled()) {
            return new NextStep.Changed(request.withDoubledLimit());
        }
        return error.retriable() ? pause(error, progress, now, deadline, random) : new NextStep.GiveUp();
    }

    private NextStep pause(ModelError error, Progress progress, Instant now, Instant deadline, RandomGenerator random) {
        if (error.retryAfter().filter(asked -> asked.compareTo(patience) > 0).isPresent()) {
            return new NextStep.GiveUp();
        }
        Duration pause = error.retryAfter()
                .map(asked -> pauseAfter(asked, random))
                .orElseGet(() -> calls.next(atLeastShortest(progress.lastPause()), random));
        return now.plus(pause).isBefore(deadline) ? new NextStep.Again(pause) : new NextStep.GiveUp();
    }

    /** The first pause is drawn like one after the shortest: it needs its jitter most. */
    private Duration atLeastShortest(Duration pause) {
        return pause.compareTo(calls.shortest()) < 0 ? calls.shortest() : pause;
    }

    /**
     * The pause after a provider said how long to stay away. It says so to every caller at the same moment, so the
     * jitter on top begins as wide as it gets: callers that come back together only meet the same limit again.
     */
    Duration pauseAfter(Duration retryAfter, RandomGenerator random) {
        return retryAfter.plusMillis(random.nextLong(0, calls.longest().toMillis() + 1));
    }
}
