package dev.selfheal.analysis.breaker;

import java.time.Duration;

/** Settings with small round numbers: opens at half of at least four, for a quarter of an hour at first. */
final class Settings {

    static final Duration OPENING = Duration.ofMinutes(15);
    static final Duration LONGEST = Duration.ofHours(1);
    static final Duration PACE = Duration.ofMinutes(5);
    static final Duration REVIEW = Duration.ofHours(24);
    static final int REGRESSION_WEIGHT = 3;

    /** Without foresight, so that the share alone decides. */
    static final Sensitivity PLAIN = new Sensitivity(4, 0.5, 0.25, 10, 0, REGRESSION_WEIGHT);

    static final Pauses PAUSES = new Pauses(OPENING, LONGEST, PACE, 2, REVIEW);
    static final BreakerSettings BREAKER = new BreakerSettings(PLAIN, PAUSES);
    static final LoadSettings LOAD = new LoadSettings(Duration.ofSeconds(15), 0.5, Duration.ofMinutes(1));

    private Settings() {}

    static GateSettings gate(int partitions) {
        return new GateSettings(BREAKER, BREAKER, BREAKER, LOAD, partitions);
    }
}
