package dev.selfheal.analysis.breaker;

import java.time.Instant;

/**
 * Everything passes; outcomes are counted.
 *
 * @param trips of the openings before, until a full volume of outcomes has not opened it again
 */
public record Closed(Instant since, int trips, Tally tally) implements Breaker {

    public static Closed initial(Instant now) {
        return new Closed(now, 0, Tally.EMPTY);
    }

    @Override
    public Breaker on(Outcome outcome, Instant requestedAt, Instant now, BreakerSettings settings) {
        return switch (outcome) {
            // Its approval has been counted.
            case REQUESTED, HEALED -> this;
            case SUCCEEDED -> counted(tally.succeeded(), settings.sensitivity());
            case FAILED, REJECTED -> failed(1, now, settings);
            case REGRESSED -> failed(settings.sensitivity().regressionWeight(), now, settings);
        };
    }

    @Override
    public Passage passage(Instant now) {
        return Passage.FREE;
    }

    private Breaker failed(int weight, Instant now, BreakerSettings settings) {
        Tally counted = tally.failed(weight);
        return counted.trips(settings.sensitivity())
                ? Open.tripped(trips + 1, counted, now, settings.pauses())
                : counted(counted, settings.sensitivity());
    }

    private Closed counted(Tally counted, Sensitivity sensitivity) {
        boolean recovered = counted.volume() >= sensitivity.minimumVolume();
        return new Closed(since, recovered ? 0 : trips, counted.faded(sensitivity.window()));
    }
}
