package dev.selfheal.analysis.trend;

/**
 * What the detector remembers of one series: a few numbers, however long the series.
 *
 * @param windows windows learned from, capped where more make no difference
 * @param baseline usual rate per minute; frozen while alarming
 * @param variance usual variance of the errors in a window
 * @param cusum CUSUM statistic in nats, at most twice the alarm threshold
 * @param score how alarming the last window was, 0..1; 0.5 where an alarm begins
 * @param alarmWindows windows the present alarm has lasted; 0 while there is none
 * @param level Holt level, per minute
 * @param slope Holt slope, per minute per minute
 * @param emptyRun empty windows in a row up to now
 */
public record TrendLevel(
        int windows,
        double baseline,
        double variance,
        double cusum,
        double score,
        int alarmWindows,
        double level,
        double slope,
        int emptyRun) {

    /** Nothing seen yet. */
    public static final TrendLevel NONE = new TrendLevel(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Lowest rate per minute that is told from silence; keeps a single error of a silent group from being an alarm. */
    private static final double LEAST_BASELINE = 0.01;

    public boolean alarming() {
        return alarmWindows > 0;
    }

    /** The baseline, or the least that judgement assumes; per minute. */
    double expected() {
        return Math.max(baseline, LEAST_BASELINE);
    }

    /**
     * Variance over mean, never below 1. Counts as only what a Poisson series of this length and rate would hardly show by
     * chance: one standard error, {@code sqrt((2 + 1/mean) / windows)}, is taken off, so that plain Poisson keeps 1.
     */
    public double dispersion() {
        if (windows == 0) {
            return 1;
        }
        double chance = Math.sqrt((2 + 1 / expected()) / windows);
        return Math.max(1, variance / expected() - chance);
    }

    /** Holt forecast one window of one minute ahead, per minute, never negative. */
    public double forecast() {
        return forecast(1);
    }

    /** Holt forecast for the minute that lies {@code minutes} ahead, slope damped, per minute, never negative. */
    public double forecast(int minutes) {
        return Forecasts.rate(level, slope, minutes);
    }
}
