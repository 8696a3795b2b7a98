package dev.selfheal.analysis.breaker;

/** When a breaker opens, for how long, and how it closes again. */
public record BreakerSettings(Sensitivity sensitivity, Pauses pauses) {

    static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is out of range: " + value);
        }
    }
}
