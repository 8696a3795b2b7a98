package dev.selfheal.bench.detection;

import dev.selfheal.analysis.trend.TrendDetector;
import dev.selfheal.analysis.trend.TrendLevel;
import dev.selfheal.analysis.trend.TrendSettings;

/** The detector as it is shipped. */
final class OurChart implements Chart {

    private final TrendDetector detector = new TrendDetector(TrendSettings.DEFAULT);
    private TrendLevel level = TrendLevel.NONE;

    @Override
    public boolean observe(double count) {
        level = detector.observe(level, count, 1);
        return level.alarming();
    }
}
