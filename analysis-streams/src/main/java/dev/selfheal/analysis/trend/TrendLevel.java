package dev.selfheal.analysis.trend;

/**
 * What the detector remembers of one series: a few numbers, however long the series.
 *
 * @param windows windows learned from, capped where more make no difference
 * @param baseline usual rate per minute; frozen while alarming
 * @param cusum Poisson CUSUM statistic in nats, at most twice the alarm threshold
 * @param alarmWindows windows the present alarm has lasted; 0 while there is none
 * @param level Holt level, per minute
 * @param slope Holt slope, per minute per minute
 * @param emptyRun empty windows in a row up to now
 */
public record TrendLevel(
        int windows, double baseline, double cusum, int alarmWindows, double level, double slope, int emptyRun) {

    /** Nothing seen yet. */
    public static final TrendLevel NONE = new TrendLevel(0, 0, 0, 0, 0, 0, 0);

    public boolean alarming() {
        return alarmWindows > 0;
    }

    /** Holt forecast one window of one minute ahead, per minute, never negative. */
    public double forecast() {
        return Math.max(0, level + slope);
    }
}
