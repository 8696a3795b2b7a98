package dev.selfheal.analysis.trend.series;

/** What a series usually is at this time of the period, in equal slots; the slots fade from period to period. */
final class Season {

    private static final double LEAST_WEIGHT = 0.15;

    /** A slot may hold several rows of one period; each counts as half a period's word. */
    private static final double ROW_WEIGHT = 0.5;

    private final long period;
    private final double[] means;
    private final int[] periodsSeen;
    private final long[] lastPeriod;

    /** @param period milliseconds */
    Season(long period, int slots) {
        this.period = period;
        means = new double[slots];
        periodsSeen = new int[slots];
        lastPeriod = new long[slots];
    }

    boolean knows(long at) {
        return periodsSeen[slot(at)] > 0;
    }

    /** Only where it {@link #knows}. */
    double expected(long at) {
        return means[slot(at)];
    }

    void learn(long at, double value) {
        int slot = slot(at);
        long number = Math.floorDiv(at, period);
        if (periodsSeen[slot] == 0) {
            means[slot] = value;
            periodsSeen[slot] = 1;
        } else {
            periodsSeen[slot] += lastPeriod[slot] == number ? 0 : 1;
            means[slot] += ROW_WEIGHT * Math.max(1.0 / (periodsSeen[slot] + 1), LEAST_WEIGHT) * (value - means[slot]);
        }
        lastPeriod[slot] = number;
    }

    private int slot(long at) {
        return (int) (Math.floorMod(at, period) * means.length / period);
    }
}
