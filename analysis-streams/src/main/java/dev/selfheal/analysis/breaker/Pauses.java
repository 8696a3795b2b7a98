package dev.selfheal.analysis.breaker;

import java.time.Duration;

/**
 * For how long a breaker opens, and how it closes again.
 *
 * @param firstOpening how long it stays open the first time; doubles with each re-trip
 * @param longestOpening the doubling stops here
 * @param probePace least time between two probes
 * @param probesToClose successful probes in a row that close it
 * @param review how long nothing is approved without a person after a regression; zero for scopes that do not ask for it
 */
public record Pauses(
        Duration firstOpening, Duration longestOpening, Duration probePace, int probesToClose, Duration review) {

    public Pauses {
        BreakerSettings.require(firstOpening.toMillis() > 0, "firstOpening", firstOpening);
        BreakerSettings.require(longestOpening.compareTo(firstOpening) >= 0, "longestOpening", longestOpening);
        BreakerSettings.require(!probePace.isNegative(), "probePace", probePace);
        BreakerSettings.require(probesToClose >= 1, "probesToClose", probesToClose);
        BreakerSettings.require(!review.isNegative(), "review", review);
    }

    /** How long it stays open after so many trips in a row. */
    Duration openingAfter(int trips) {
        Duration opening = firstOpening;
        for (int i = 1; i < trips && opening.compareTo(longestOpening) < 0; i++) {
            opening = opening.multipliedBy(2);
        }
        return opening.compareTo(longestOpening) > 0 ? longestOpening : opening;
    }
}
