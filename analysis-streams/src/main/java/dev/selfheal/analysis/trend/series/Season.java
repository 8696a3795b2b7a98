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

    /** How far the value is from what is usual at this time; only where it {@link #knows}. */
    double residual(long at, double value) {
        return value - means[slot(at)];
    }

    /**
     * @param most the slot takes the value for at most so far away: one odd day must not become what is usual
     */
    void learn(long at, double value, double most) {
        int slot = slot(at);
        long number = Math.floorDiv(at, period);
        if (periodsSeen[slot] == 0) {
            means[slot] = value;
            periodsSeen[slot] = 1;
        } else {
            periodsSeen[slot] += lastPeriod[slot] == number ? 0 : 1;
            double weight = ROW_WEIGHT * Math.max(1.0 / (periodsSeen[slot] + 1), LEAST_WEIGHT);
            means[slot] += weight * Math.max(-most, Math.min(most, value - means[slot]));
        }
        lastPeriod[slot] = number;
    }

    private int slot(long at) {
        return (int) (Math.floorMod(at, period) * means.length / period);
    }
}
