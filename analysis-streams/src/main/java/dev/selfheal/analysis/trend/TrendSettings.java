package dev.selfheal.analysis.trend;

/**
 * How the detector judges a series. Rates are per minute.
 *
 * @param alarmThreshold CUSUM statistic (log-likelihood ratio, nats) at and above which the rate counts as risen
 * @param alarmRatio the rise the CUSUM is tuned to notice soonest, as a multiple of the baseline
 * @param learningWindows windows after which the baseline is trusted; until then a group is NEW
 * @param memoryWindows windows the baseline averages over once learned
 * @param relearnWindows windows an alarm lasts before the new level is accepted as the baseline
 * @param quietWindows empty windows in a row after which a group is QUIET
 */
public record TrendSettings(
        double alarmThreshold,
        double alarmRatio,
        int learningWindows,
        int memoryWindows,
        int relearnWindows,
        int quietWindows) {

    /** At most about one false alarm a day per group with one-minute windows (see {@code DetectionDelayTest}). */
    public static final TrendSettings DEFAULT = new TrendSettings(5.6, 3.0, 10, 480, 120, 15);

    public TrendSettings {
        require(alarmThreshold > 0, "alarmThreshold", alarmThreshold);
        require(alarmRatio > 1, "alarmRatio", alarmRatio);
        require(learningWindows >= 1, "learningWindows", learningWindows);
        require(memoryWindows >= learningWindows, "memoryWindows", memoryWindows);
        require(relearnWindows >= 1, "relearnWindows", relearnWindows);
        require(quietWindows >= 1, "quietWindows", quietWindows);
    }

    private static void require(boolean holds, String what, Number value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is out of range: " + value);
        }
    }
}
