package dev.selfheal.analysis.breaker;

import java.time.Instant;

/**
 * One probe at a pace; one failure opens it again, for longer.
 *
 * @param since when the first probe went
 * @param trips how often it opened before, from 1
 * @param probeAt when the next probe may go
 * @param successes probes that succeeded
 */
public record HalfOpen(Instant since, int trips, Instant probeAt, int successes) implements Breaker {

    /** Outcomes of cases older than the first probe change nothing, unless one made things worse. */
    @Override
    public Breaker on(Outcome outcome, Instant requestedAt, Instant now, BreakerSettings settings) {
        if (requestedAt.isBefore(since) && outcome != Outcome.REGRESSED) {
            return this;
        }
        Pauses pauses = settings.pauses();
        return switch (outcome) {
            case REQUESTED -> new HalfOpen(since, trips, later(probeAt, now.plus(pauses.probePace())), successes);
            case FAILED, REJECTED, REGRESSED -> Open.tripped(trips + 1, new Tally(successes, 1, 0), now, pauses);
            // Its approval has been counted.
            case HEALED -> this;
            case SUCCEEDED ->
                successes + 1 >= pauses.probesToClose()
                        ? new Closed(now, trips, Tally.EMPTY)
                        : new HalfOpen(since, trips, probeAt, successes + 1);
        };
    }

    @Override
    public Passage passage(Instant now) {
        return now.isBefore(probeAt) ? Passage.BLOCKED : Passage.PROBE;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
