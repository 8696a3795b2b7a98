package dev.selfheal.analysis.trend.series;

/**
 * How often exceedances of each size have come: what has happened several times is a habit of the series, whatever a
 * distribution fitted to all exceedances says of it. A batch job's spike each day is the example. Exceedances that follow one
 * another closely are one event.
 */
final class Habit {

    /** Sizes are told apart by a factor of about 1.4: half a power of two. */
    private static final int BINS = 64;

    private static final double BINS_PER_OCTAVE = 2;

    /** Rows within which a smaller exceedance belongs to the event before. */
    private static final int ONE_EVENT = 12;

    /** Fewer events than this are no habit: two alike may both be anomalies. */
    private static final double HABIT = 3;

    private static final double LARGEST_WEIGHT = 1e100;

    private final double[] events = new double[BINS];

    /** What an event weighs now; grows instead of all the others fading. */
    private double weight = 1;

    private double unit;
    private int sinceEvent = ONE_EVENT;
    private int lastBin;

    /** The most nats an excess of this size can have after so many judged rows; unlimited while it is no habit. */
    double limit(double excess, double judged) {
        double seen = 0;
        for (int bin = Math.max(0, bin(excess) - 1); bin < BINS; bin++) {
            seen += events[bin];
        }
        double times = seen / weight;
        return times < HABIT ? Double.MAX_VALUE : Math.max(0, Math.log(judged / times));
    }

    void learn(double excess) {
        if (unit == 0) {
            unit = excess;
        }
        int bin = bin(excess);
        if (sinceEvent >= ONE_EVENT || bin > lastBin) {
            events[bin] += weight;
            lastBin = bin;
        }
        sinceEvent = 0;
    }

    /** Lets everything seen so far count only so much of what it did. */
    void fade(double kept) {
        weight /= kept;
        if (weight > LARGEST_WEIGHT) {
            for (int bin = 0; bin < BINS; bin++) {
                events[bin] /= weight;
            }
            weight = 1;
        }
    }

    /** A row without an exceedance. */
    void pass() {
        sinceEvent = Math.min(sinceEvent + 1, ONE_EVENT);
    }

    private int bin(double excess) {
        double octaves = unit == 0 ? 0 : Math.log(excess / unit) / Math.log(2);
        return (int) Math.max(0, Math.min(BINS - 1, BINS / 2 + Math.floor(octaves * BINS_PER_OCTAVE)));
    }
}
