package dev.selfheal.analysis.trend;

import dev.selfheal.event.TrendState;

/**
 * Judges a series of windows: a Poisson CUSUM against a learned baseline for sudden rises, Holt's linear smoothing for
 * slope and forecast. Stateless; all memory is in {@link TrendLevel}. Takes real values too, not only counts.
 */
public final class TrendDetector {

    private static final double LEVEL_WEIGHT = 0.3;
    private static final double SLOPE_WEIGHT = 0.1;

    /** One window counts for the variance as if it were at most this often the usual variance: five deviations. */
    private static final double LARGEST_DEVIATION = 25;

    /** A single error lifts level and slope by a third of an error a minute: what is no more than that is no rise and no fall. */
    private static final double LEAST_CHANGE = 0.4;

    /** Errors per window below which they count as few. */
    private static final double RARE = 0.5;

    /** Beyond this many empty windows level, slope and statistic are at rest; only the baseline still fades. */
    private static final int WINDOWS_TO_REST = 512;

    private final TrendSettings settings;

    public TrendDetector(TrendSettings settings) {
        this.settings = settings;
    }

    /** Takes in one closed window of {@code count} errors over {@code minutes} of exposure. */
    public TrendLevel observe(TrendLevel before, double count, double minutes) {
        if (!(count >= 0) || !(minutes > 0)) {
            throw new IllegalArgumentException("count " + count + " over " + minutes + " minutes is not a window");
        }
        double rate = count / minutes;
        double statistic = statistic(before, count, minutes);
        double threshold = threshold(before);
        int alarm = alarmWindows(before, statistic, threshold);
        double level = before.windows() == 0 ? rate : LEVEL_WEIGHT * rate + (1 - LEVEL_WEIGHT) * before.forecast();
        double slope = before.windows() == 0
                ? 0
                : SLOPE_WEIGHT * (level - before.level()) + (1 - SLOPE_WEIGHT) * before.slope();
        int emptyRun = count == 0 ? Math.min(before.emptyRun() + 1, WINDOWS_TO_REST) : 0;
        if (alarm > settings.relearnWindows()) {
            return new TrendLevel(settings.learningWindows(), level, level, 0, 0, 0, level, slope, emptyRun);
        }
        int windows = Math.min(before.windows() + 1, settings.memoryWindows());
        double weight = alarm > 0 ? 0 : 1.0 / windows;
        return new TrendLevel(
                windows,
                before.baseline() + weight * (rate - before.baseline()),
                before.variance() + varianceWeight(alarm, windows) * varianceStep(before, count, minutes),
                Math.min(statistic, 2 * threshold),
                TrendScore.of(statistic, threshold),
                alarm,
                level,
                slope,
                emptyRun);
    }

    /** Takes in any number of empty windows of one minute, in bounded time. */
    public TrendLevel observeEmpty(TrendLevel before, long windows) {
        TrendLevel level = before;
        for (long i = 0; i < Math.min(windows, WINDOWS_TO_REST); i++) {
            level = observe(level, 0, 1);
        }
        if (windows <= WINDOWS_TO_REST) {
            return level;
        }
        double kept = Math.pow(1 - 1.0 / settings.memoryWindows(), (double) (windows - WINDOWS_TO_REST));
        return new TrendLevel(
                level.windows(),
                level.baseline() * kept,
                level.variance() * kept,
                level.cusum(),
                level.score(),
                level.alarmWindows(),
                level.level(),
                level.slope(),
                WINDOWS_TO_REST);
    }

    /** Where the series is going after the last observed window. */
    public TrendState judge(TrendLevel level) {
        if (level.emptyRun() >= settings.quietWindows()) {
            return TrendState.QUIET;
        }
        if (level.windows() < settings.learningWindows()) {
            return TrendState.NEW;
        }
        if (level.alarming()) {
            return TrendState.SPIKING;
        }
        // Half a standard deviation of a Poisson count keeps noise around the baseline STEADY.
        double margin = Math.max(LEAST_CHANGE, 0.5 * (level.baseline() + Math.sqrt(level.expected())));
        if (level.slope() > 0 && level.forecast() > level.baseline() + margin) {
            return TrendState.RISING;
        }
        boolean receding = level.slope() < 0 && level.forecast() < level.level();
        boolean awayFromBaseline = Math.abs(level.level() - level.baseline()) > margin;
        return receding && awayFromBaseline ? TrendState.FALLING : TrendState.STEADY;
    }

    /**
     * Log-likelihood ratio of "the rate rose by the ratio" against "the rate is the baseline", summed up and reset at zero.
     * A window is judged by a gamma-mixed Poisson distribution: the baseline is known only as well as the windows learned
     * tell, and varies from window to window as much as the dispersion says. Where neither matters that is the Poisson ratio.
     */
    private double statistic(TrendLevel before, double count, double minutes) {
        if (before.windows() < settings.learningWindows()) {
            return 0;
        }
        double ratio = settings.alarmRatio();
        double mixing = minutes / (1.0 / before.windows() + before.dispersion() - 1);
        double surprise = count * Math.log(ratio)
                - (before.expected() * mixing + count) * Math.log((mixing + ratio * minutes) / (mixing + minutes));
        return Math.max(0, before.cusum() + surprise);
    }

    /**
     * A series of few errors has few chances a day to alarm falsely, so it may alarm sooner at the same rate of false alarms:
     * below one error in two windows the threshold falls with half the logarithm of the baseline, at most to its half.
     */
    private double threshold(TrendLevel before) {
        double rarity = 0.5 * Math.log(Math.max(1, RARE / before.expected()));
        return Math.max(settings.alarmThreshold() - rarity, settings.alarmThreshold() / 2);
    }

    /** An alarm starts at the threshold and ends below half of it, so that it does not flicker. */
    private static int alarmWindows(TrendLevel before, double statistic, double threshold) {
        double limit = before.alarming() ? threshold / 2 : threshold;
        return statistic >= limit ? before.alarmWindows() + 1 : 0;
    }

    /** An alarm's first window counts for the variance: else bursts that alarm each time would never be learned. */
    private static double varianceWeight(int alarm, int windows) {
        return alarm > 1 ? 0 : 1.0 / windows;
    }

    private static double varianceStep(TrendLevel before, double count, double minutes) {
        double deviation = count - before.baseline() * minutes;
        double most = LARGEST_DEVIATION * Math.max(before.expected() * minutes, before.variance());
        return Math.min(deviation * deviation / minutes, most) - before.variance();
    }
}
