package dev.selfheal.analysis.breaker;

import java.time.Instant;

/**
 * Everything passes; outcomes are counted.
 *
 * @param successes outcomes remembered, fading
 * @param failures outcomes remembered, fading
 */
public record Closed(Instant since, int successes, int failures) implements Breaker {

    public static Closed initial(Instant now) {
        return new Closed(now, 0, 0);
    }

    @Override
    public int trips() {
        return 0;
    }

    @Override
    public Breaker on(Outcome outcome, Instant now, BreakerSettings settings) {
        return switch (outcome) {
            case REQUESTED -> this;
            case SUCCEEDED -> new Closed(since, successes + 1, failures).faded(settings);
            case FAILED -> {
                Closed counted = new Closed(since, successes, failures + 1);
                yield counted.trips(settings) ? Open.tripped(counted, now, settings) : counted.faded(settings);
            }
        };
    }

    @Override
    public Passage passage(Instant now) {
        return Passage.FREE;
    }

    private boolean trips(BreakerSettings settings) {
        int volume = successes + failures;
        return volume >= settings.minimumVolume() && failures >= settings.failureRate() * volume;
    }

    private Closed faded(BreakerSettings settings) {
        return successes + failures < settings.window() ? this : new Closed(since, successes / 2, failures / 2);
    }
}
