package dev.selfheal.patch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Decides what follows a failed call. Pure but for its random source.
 *
 * @param maxAttempts calls per key for one question, repair turns and doubled limits included
 * @param patience longest pause worth waiting for; with a longer one another key is asked instead
 */
public record RetryPolicy(int maxAttempts, Backoff backoff, Duration patience) {

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts is " + maxAttempts + ", must be at least 1");
        }
    }

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
        if (progress.calls() >= maxAttempts) {
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

    private NextStep pause(
            ModelError error, Progress progress, Instant now, Instant deadline, RandomGenerator random) {
        if (error.retryAfter().filter(asked -> asked.compareTo(patience) > 0).isPresent()) {
            return new NextStep.GiveUp();
        }
        Duration pause = error.retryAfter()
                .map(asked -> backoff.nextAfter(asked, random))
                .orElseGet(() -> backoff.next(progress.lastPause(), random));
        return now.plus(pause).isBefore(deadline) ? new NextStep.Again(pause) : new NextStep.GiveUp();
    }
}
