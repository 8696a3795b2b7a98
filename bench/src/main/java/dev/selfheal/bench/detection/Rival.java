package dev.selfheal.bench.detection;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A textbook method in its variants, each a chart for any threshold.
 *
 * @param largest a threshold at which it never alarms
 */
record Rival(String name, double largest, List<DoubleFunction<Chart>> variants) {

    static List<Rival> all() {
        return List.of(ewma(), shewhart(), mannKendall());
    }

    /** Exponentially weighted mean against the baseline, in its own standard deviations (Roberts, 1959). */
    private static Rival ewma() {
        return new Rival(
                "EWMA", 30, List.of(t -> ewma(0.05, t), t -> ewma(0.1, t), t -> ewma(0.2, t), t -> ewma(0.4, t)));
    }

    private static Chart ewma(double weight, double threshold) {
        double[] smoothed = {Double.NaN};
        return frozen(threshold, (baseline, count) -> {
            double before = Double.isNaN(smoothed[0]) ? baseline.mean() : smoothed[0];
            smoothed[0] = before + weight * (count - before);
            return (smoothed[0] - baseline.mean()) / Math.sqrt(baseline.mean() * weight / (2 - weight));
        });
    }

    /** One minute against the baseline, in Poisson standard deviations (Shewhart, 1931). */
    private static Rival shewhart() {
        return new Rival(
                "Shewhart",
                100,
                List.of(threshold -> frozen(
                        threshold, (baseline, count) -> (count - baseline.mean()) / Math.sqrt(baseline.mean()))));
    }

    /** Rank test for a monotonic trend over the last minutes (Mann, 1945; Kendall, 1975). */
    private static Rival mannKendall() {
        return new Rival(
                "Mann-Kendall", 30, List.of(t -> mannKendall(15, t), t -> mannKendall(30, t), t -> mannKendall(60, t)));
    }

    private static Chart mannKendall(int width, double threshold) {
        MannKendall test = new MannKendall(width);
        return frozen(threshold, (baseline, count) -> test.statistic(count));
    }

    /** A chart that learns its baseline only while it does not alarm. */
    private static Chart frozen(double threshold, Statistic statistic) {
        Baseline baseline = new Baseline();
        return count -> {
            boolean alarms = baseline.isLearned() && statistic.of(baseline, count) >= threshold;
            if (!alarms) {
                baseline.learn(count);
            }
            return alarms;
        };
    }

    private interface Statistic {
        double of(Baseline baseline, double count);
    }
}
