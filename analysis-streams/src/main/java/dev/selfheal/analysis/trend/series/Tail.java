package dev.selfheal.analysis.trend.series;

/**
 * How improbable a non-negative quantity is, learned as it comes: a generalised Pareto distribution (by moments) over what
 * exceeds twice the mean, after Siffer et al., "Anomaly detection in streams with extreme value theory" (2017).
 */
final class Tail {

    /** Rows after which the past begins to fade. */
    private static final double MEMORY = 6000;

    /** Where the tail begins, as a multiple of the mean. */
    private static final double BEGIN = 2;

    /** Rows that only settle where the tail begins. */
    private static final int SETTLING = 20;

    /** Weight of the prior, in exceedances: an exponential tail whose mean is the mean of the quantity. */
    private static final double PRIOR = 5;

    /** An exceedance is learned as at most so many mean exceedances: one monster must not hide the next. */
    private static final double LARGEST = 30;

    /** Moments of the Pareto distribution exist below this shape only. */
    private static final double HEAVIEST = 0.45;

    private static final double TINY = 1e-300;

    /** Nothing is held for more improbable than this, in nats; no history is long enough to know. */
    private static final double MOST = 30;

    private final Habit habit = new Habit();
    private double rows;
    private double mean;
    private double judged;
    private double exceedances;
    private double sum;
    private double sumOfSquares;

    /**
     * Minus the logarithm of the probability to see this much or more.
     *
     * @param grain what the prior takes exceedances to be at least, for a side on which nothing has come yet
     */
    double nats(double quantity, double grain) {
        double excess = quantity - BEGIN * mean;
        if (rows <= SETTLING || !(excess > 0)) {
            return 0;
        }
        double meanExcess = meanExcess(grain);
        double square = (sumOfSquares + PRIOR * 2 * meanExcess * meanExcess) / (exceedances + PRIOR);
        double variance = Math.max(square - meanExcess * meanExcess, TINY);
        double shape = Math.min(HEAVIEST, Math.max(0, 0.5 * (1 - meanExcess * meanExcess / variance)));
        double relative = excess / Math.max(meanExcess * (1 - shape), TINY);
        double beyond = shape < 1e-6 ? relative : Math.log1p(shape * relative) / shape;
        double nats = beyond - Math.log(Math.min(1, (exceedances + 0.5) / (judged + 1)));
        return Math.min(Math.min(nats, MOST), habit.limit(excess, judged));
    }

    void learn(double quantity) {
        double begin = BEGIN * mean;
        double most = exceedances < 1 && mean == 0 ? Double.MAX_VALUE : LARGEST * meanExcess();
        double excess = Math.min(quantity - begin, most);
        if (rows > SETTLING) {
            fade();
            judged += 1;
            if (excess > 0) {
                exceedances += 1;
                sum += excess;
                sumOfSquares += excess * excess;
                habit.learn(excess);
            } else {
                habit.pass();
            }
        }
        rows = Math.min(rows + 1, MEMORY);
        mean += ((rows > SETTLING ? begin + excess : quantity) - mean) / rows;
    }

    double meanExcess() {
        return meanExcess(TINY);
    }

    private double meanExcess(double grain) {
        return (sum + PRIOR * Math.max(mean, Math.max(grain, TINY))) / (exceedances + PRIOR);
    }

    private void fade() {
        double kept = 1 - 1 / MEMORY;
        habit.fade(kept);
        judged *= kept;
        exceedances *= kept;
        sum *= kept;
        sumOfSquares *= kept;
    }
}
