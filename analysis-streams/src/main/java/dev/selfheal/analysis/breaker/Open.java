package dev.selfheal.analysis.breaker;

import java.time.Instant;

/**
 * Nothing passes until {@code probeAt}; the first request from then on is the probe.
 *
 * @param successes outcomes that led here
 * @param failures outcomes that led here
 * @param trips from 1
 */
public record Open(Instant since, int trips, Instant probeAt, int successes, int failures) implements Breaker {

    static Open tripped(Closed counted, Instant now, BreakerSettings settings) {
        return new Open(now, 1, now.plus(settings.openingAfter(1)), counted.successes(), counted.failures());
    }

    static Open retripped(HalfOpen probing, Instant now, BreakerSettings settings) {
        int trips = probing.trips() + 1;
        return new Open(now, trips, now.plus(settings.openingAfter(trips)), probing.successes(), 1);
    }

    /** Outcomes of requests sent before it opened change nothing; a request after {@code probeAt} is its probe. */
    @Override
    public Breaker on(Outcome outcome, Instant now, BreakerSettings settings) {
        boolean probe = outcome == Outcome.REQUESTED && !now.isBefore(probeAt);
        return probe ? new HalfOpen(now, trips, now.plus(settings.probePace()), 0) : this;
    }

    @Override
    public Passage passage(Instant now) {
        return now.isBefore(probeAt) ? Passage.BLOCKED : Passage.PROBE;
    }
}
