package dev.selfheal.bench.detection;

/** The Mann-Kendall statistic of the last values, ties corrected, kept up to date in time linear in the width. */
final class MannKendall {

    private final double[] values;
    private int seen;
    private long concordance;

    MannKendall(int width) {
        values = new double[width];
    }

    /** Standard deviations above no trend, once the window is full; before that 0. */
    double statistic(double next) {
        int width = values.length;
        int slot = seen % width;
        if (seen >= width) {
            double oldest = values[slot];
            for (int i = 1; i < width; i++) {
                concordance -= (long) Math.signum(values[(slot + i) % width] - oldest);
            }
        }
        for (int i = 1; i <= Math.min(seen, width - 1); i++) {
            concordance += (long) Math.signum(next - values[(slot - i + width) % width]);
        }
        values[slot] = next;
        seen = seen + 1 == 2 * width ? width : seen + 1;
        if (seen < width) {
            return 0;
        }
        double variance = variance();
        return variance > 0 ? concordance / Math.sqrt(variance) : 0;
    }

    private double variance() {
        double n = values.length;
        double sum = n * (n - 1) * (2 * n + 5);
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        for (int from = 0, to = 0; from < sorted.length; from = to) {
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            double ties = to - from;
            sum -= ties * (ties - 1) * (2 * ties + 5);
        }
        return sum / 18;
    }
}
