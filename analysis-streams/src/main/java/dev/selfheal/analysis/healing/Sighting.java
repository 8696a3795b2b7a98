package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.trend.MinuteCounts;
import dev.selfheal.event.ErrorTrend;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often a group has been seen.
 *
 * @param trend of the window its newest error is in
 * @param recent its errors per minute
 * @param reproduction the test that shows the error again; empty when none is known
 */
public record Sighting(ErrorTrend trend, MinuteCounts recent, Optional<String> reproduction) {

    /** Errors in the last {@code minutes} up to the end of the trend's window. */
    public long count(int minutes) {
        long window = Duration.between(Instant.EPOCH, trend.getWindowStart()).toMinutes();
        return recent.last(window, minutes);
    }
}
