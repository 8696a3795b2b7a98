package dev.selfheal.analysis.trend.series;

import dev.selfheal.analysis.trend.TrendDetector;
import dev.selfheal.analysis.trend.TrendLevel;
import dev.selfheal.analysis.trend.TrendSettings;

/** Counts, each row one window: rises are alarms, falls are not, exactly as for an error group. */
public final class CountSeries implements SeriesDetector {

    private final TrendDetector detector;
    private TrendLevel level = TrendLevel.NONE;

    public CountSeries(TrendSettings settings) {
        detector = new TrendDetector(settings);
    }

    /** @throws IllegalArgumentException when the value is negative: no count is */
    @Override
    public Judgement observe(long at, double value) {
        if (!Double.isFinite(value)) {
            return new Judgement(0, detector.judge(level));
        }
        if (value < 0) {
            throw new IllegalArgumentException(value + " is no count: counts are not negative");
        }
        level = detector.observe(level, value, 1);
        return new Judgement(level.score(), detector.judge(level));
    }
}
