package dev.selfheal.analysis.trend;

import dev.selfheal.event.TrendState;

/**
 * Judges a series of windows: a Poisson CUSUM against a learned baseline for sudden rises, Holt's linear smoothing for
 * slope and forecast. Stateless; all memory is in {@link TrendLevel}. Takes real values too, not only counts.
 */
public final class TrendDetector {

    /** Lowest rate per minute the CUSUM assumes; keeps a single error of a silent group from being an alarm. */
    private static final double LEAST_BASELINE = 0.01;

    private static final double LEVEL_WEIGHT = 0.3;
    private static final double SLOPE_WEIGHT = 0.1;

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
        double cusum = cusum(before, count, minutes);
        int alarm = alarmWindows(before, cusum);
        double level = before.windows() == 0
                ? rate
                : LEVEL_WEIGHT * rate + (1 - LEVEL_WEIGHT) * Math.max(0, before.level() + before.slope());
        double slope = before.windows() == 0
                ? 0
                : SLOPE_WEIGHT * (level - before.level()) + (1 - SLOPE_WEIGHT) * before.slope();
        int emptyRun = count == 0 ? Math.min(before.emptyRun() + 1, WINDOWS_TO_REST) : 0;
        if (alarm > settings.relearnWindows()) {
            return new TrendLevel(settings.learningWindows(), level, 0, 0, level, slope, emptyRun);
        }
        int windows = Math.min(before.windows() + 1, settings.memoryWindows());
        double baseline = alarm > 0 ? before.baseline() : before.baseline() + (rate - before.baseline()) / windows;
        return new TrendLevel(windows, baseline, cusum, alarm, level, slope, emptyRun);
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
        double faded =
                level.baseline() * Math.pow(1 - 1.0 / settings.memoryWindows(), (double) (windows - WINDOWS_TO_REST));
        return new TrendLevel(
                level.windows(),
                faded,
                level.cusum(),
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
        double margin = 0.5 * (level.baseline() + Math.sqrt(Math.max(level.baseline(), LEAST_BASELINE)));
        if (level.slope() > 0 && level.forecast() > level.baseline() + margin) {
            return TrendState.RISING;
        }
        boolean receding = level.slope() < 0 && level.forecast() < level.level();
        boolean awayFromBaseline = Math.abs(level.level() - level.baseline()) > margin;
        return receding && awayFromBaseline ? TrendState.FALLING : TrendState.STEADY;
    }

    /** Log-likelihood ratio of "the rate rose by the ratio" against "the rate is the baseline", reset at zero. */
    private double cusum(TrendLevel before, double count, double minutes) {
        if (before.windows() < settings.learningWindows()) {
            return 0;
        }
        double expected = Math.max(before.baseline(), LEAST_BASELINE) * minutes;
        double ratio = settings.alarmRatio();
        double next = before.cusum() + count * Math.log(ratio) - (ratio - 1) * expected;
        return Math.min(Math.max(0, next), 2 * settings.alarmThreshold());
    }

    /** An alarm starts at the threshold and ends below half of it, so that it does not flicker. */
    private int alarmWindows(TrendLevel before, double cusum) {
        double limit = before.alarming() ? settings.alarmThreshold() / 2 : settings.alarmThreshold();
        return cusum >= limit ? before.alarmWindows() + 1 : 0;
    }
}
