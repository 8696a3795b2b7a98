package dev.selfheal.analysis.trend;

import dev.selfheal.analysis.intake.IncomingError;
import dev.selfheal.event.ErrorTrend;
import java.util.Optional;

/**
 * The trend of a group at a moment.
 *
 * @param error the error that moved it; empty when time did
 * @param recent errors of the group per minute
 * @param closed the minutes that have closed since the last observation; a minute with errors is in one of them, once
 * @param news true when it is to be published
 */
public record Observation(
        Optional<IncomingError> error, ErrorTrend trend, MinuteCounts recent, MinuteCounts closed, boolean news) {}
