package dev.selfheal.bench.detection;

import dev.selfheal.analysis.trend.series.RealSeries;
import dev.selfheal.analysis.trend.series.RealSettings;

/** Scores the rows of one series as they come, 0..1. */
interface RowScorer {

    double score(long at, double value);

    /** The detector as it is shipped. */
    static RowScorer ours() {
        RealSeries series = new RealSeries(RealSettings.DEFAULT);
        return (at, value) -> series.observe(at, value).score();
    }

    /** Standard deviations from the mean of the last {@code width} rows. */
    static RowScorer slidingZScore(int width) {
        double[] window = new double[width];
        double[] sums = new double[2];
        int[] seen = {0};
        return (at, value) -> {
            int rows = Math.min(seen[0], width);
            double mean = rows == 0 ? value : sums[0] / rows;
            double deviation = rows == 0 ? 0 : Math.sqrt(Math.max(0, sums[1] / rows - mean * mean));
            double score = rows < width / 2 ? 0 : ofDeviations(Math.abs(value - mean), deviation);
            double oldest = seen[0] >= width ? window[seen[0] % width] : 0;
            window[seen[0] % width] = value;
            seen[0]++;
            sums[0] += value - oldest;
            sums[1] += value * value - oldest * oldest;
            return score;
        };
    }

    /** Standard deviations of an exponentially weighted mean from a slow one. */
    static RowScorer ewma(double weight) {
        double[] state = new double[4];
        return (at, value) -> {
            state[3]++;
            double slow = Math.max(1 / state[3], 0.002);
            state[0] += (state[3] == 1 ? 1 : weight) * (value - state[0]);
            double deviation = Math.sqrt(state[2] * weight / (2 - weight));
            double score = state[3] < 100 ? 0 : ofDeviations(Math.abs(state[0] - state[1]), deviation);
            double step = value - state[1];
            state[1] += slow * step;
            state[2] = (1 - slow) * (state[2] + slow * step * step);
            return score;
        };
    }

    /** Five deviations are 0.5. */
    private static double ofDeviations(double distance, double deviation) {
        return distance == 0 ? 0 : distance / (distance + 5 * deviation);
    }
}
