package dev.selfheal.analysis.breaker;

import java.time.Instant;

/**
 * Nothing passes until {@code probeAt}; the first request from then on is the probe.
 *
 * @param trips from 1
 * @param tally outcomes that led here
 */
public record Open(Instant since, int trips, Instant probeAt, Tally tally) implements Breaker {

    static Open tripped(int trips, Tally tally, Instant now, Pauses pauses) {
        return new Open(now, trips, now.plus(pauses.openingAfter(trips)), tally);
    }

    /** Outcomes of cases from before the probe change nothing. */
    @Override
    public Breaker on(Outcome outcome, Instant requestedAt, Instant now, BreakerSettings settings) {
        boolean probe = outcome == Outcome.REQUESTED && !requestedAt.isBefore(probeAt);
        return probe ? new HalfOpen(now, trips, now.plus(settings.pauses().probePace()), 0) : this;
    }

    @Override
    public Passage passage(Instant now) {
        return now.isBefore(probeAt) ? Passage.BLOCKED : Passage.PROBE;
    }
}
