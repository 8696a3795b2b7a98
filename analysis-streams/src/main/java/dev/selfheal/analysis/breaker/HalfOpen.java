package dev.selfheal.analysis.breaker;

import java.time.Instant;

/**
 * One probe at a pace; one failure opens it again, for longer.
 *
 * @param trips how often it opened before, from 1
 * @param probeAt when the next probe may go
 * @param successes probes that succeeded
 */
public record HalfOpen(Instant since, int trips, Instant probeAt, int successes) implements Breaker {

    @Override
    public Breaker on(Outcome outcome, Instant now, BreakerSettings settings) {
        return switch (outcome) {
            case REQUESTED -> new HalfOpen(since, trips, now.plus(settings.probePace()), successes);
            case FAILED -> Open.retripped(this, now, settings);
            case SUCCEEDED ->
                successes + 1 >= settings.probesToClose()
                        ? Closed.initial(now)
                        : new HalfOpen(since, trips, probeAt, successes + 1);
        };
    }

    @Override
    public Passage passage(Instant now) {
        return now.isBefore(probeAt) ? Passage.BLOCKED : Passage.PROBE;
    }
}
