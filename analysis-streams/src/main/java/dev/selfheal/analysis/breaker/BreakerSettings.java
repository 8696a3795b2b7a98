package dev.selfheal.analysis.breaker;

import java.time.Duration;

/**
 * When a breaker opens, for how long, and how it closes again.
 *
 * @param minimumVolume outcomes below which it never opens
 * @param failureRate share of failures at and above which it opens, 0..1
 * @param window outcomes remembered; when reached, both counts are halved, so old outcomes fade
 * @param firstOpening how long it stays open the first time; doubles with each re-trip
 * @param longestOpening the doubling stops here
 * @param probePace least time between two probes while half open
 * @param probesToClose successful probes in a row that close it
 */
public record BreakerSettings(
        int minimumVolume,
        double failureRate,
        int window,
        Duration firstOpening,
        Duration longestOpening,
        Duration probePace,
        int probesToClose) {

    public BreakerSettings {
        require(minimumVolume >= 1, "minimumVolume", minimumVolume);
        require(failureRate > 0 && failureRate <= 1, "failureRate", failureRate);
        require(window >= 2 * minimumVolume, "window (at least twice minimumVolume)", window);
        require(firstOpening.toMillis() > 0, "firstOpening", firstOpening);
        require(longestOpening.compareTo(firstOpening) >= 0, "longestOpening", longestOpening);
        require(!probePace.isNegative(), "probePace", probePace);
        require(probesToClose >= 1, "probesToClose", probesToClose);
    }

    /** How long it stays open after so many trips in a row. */
    Duration openingAfter(int trips) {
        Duration opening = firstOpening;
        for (int i = 1; i < trips && opening.compareTo(longestOpening) < 0; i++) {
            opening = opening.multipliedBy(2);
        }
        return opening.compareTo(longestOpening) > 0 ? longestOpening : opening;
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is out of range: " + value);
        }
    }
}
