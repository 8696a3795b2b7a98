package dev.selfheal.analysis.alert;

import dev.selfheal.event.AlertPolicy;
import java.math.BigDecimal;

/**
 * When the share of failed cases is too high.
 *
 * @param failureRate share above which it is, 0..1
 * @param minimumCases cases with an outcome below which no share is judged
 * @param windowMinutes the share is taken over; cut to {@link Outcomes#MINUTES}
 */
public record AlertSettings(double failureRate, int minimumCases, int windowMinutes) {

    public AlertSettings {
        windowMinutes = Math.max(1, Math.min(windowMinutes, Outcomes.MINUTES));
    }

    static AlertSettings of(AlertPolicy policy) {
        return new AlertSettings(policy.getFailureRate(), policy.getMinimumCases(), policy.getWindowMinutes());
    }

    /** In decimals: 29 of 100 is not above 0.29, whatever a double makes of it. */
    boolean isTooHigh(long failed, long ended) {
        return ended >= minimumCases
                && BigDecimal.valueOf(failed)
                                .compareTo(BigDecimal.valueOf(failureRate).multiply(BigDecimal.valueOf(ended)))
                        > 0;
    }
}
