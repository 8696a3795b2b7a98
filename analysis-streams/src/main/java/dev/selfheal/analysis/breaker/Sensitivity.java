package dev.selfheal.analysis.breaker;

/**
 * When a breaker opens.
 *
 * @param minimumVolume outcomes below which it never opens
 * @param failureRate share of failures at and above which it opens, above 0 and up to 1
 * @param degradedRate share of failures at and above which, while it rises, models are no longer asked
 * @param window outcomes remembered; when reached, both counts are halved, so old outcomes fade
 * @param foresight outcomes the slope is extrapolated by: a worsening share opens earlier, an improving one later; 0 for none
 * @param regressionWeight failures one regression counts as
 */
public record Sensitivity(
        int minimumVolume, double failureRate, double degradedRate, int window, int foresight, int regressionWeight) {

    public Sensitivity {
        BreakerSettings.require(minimumVolume >= 1, "minimumVolume", minimumVolume);
        BreakerSettings.require(failureRate > 0 && failureRate <= 1, "failureRate", failureRate);
        BreakerSettings.require(
                degradedRate > 0 && degradedRate <= failureRate, "degradedRate (at most failureRate)", degradedRate);
        BreakerSettings.require(window >= 2 * minimumVolume, "window (at least twice minimumVolume)", window);
        BreakerSettings.require(foresight >= 0, "foresight", foresight);
        BreakerSettings.require(regressionWeight >= 1, "regressionWeight", regressionWeight);
    }
}
