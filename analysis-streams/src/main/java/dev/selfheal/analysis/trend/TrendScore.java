package dev.selfheal.analysis.trend;

/**
 * A statistic in nats as a score in 0..1 that means the same whatever the series: 0 where nothing is unusual, exactly 0.5
 * where the statistic reaches the alarm threshold, and half of what is missing to 1 less with each further threshold.
 */
public final class TrendScore {

    /** The score at which an alarm begins. */
    public static final double ALARM = 0.5;

    private TrendScore() {}

    public static double of(double statistic, double threshold) {
        return statistic == threshold ? ALARM : 1 - Math.pow(2, -statistic / threshold);
    }
}
