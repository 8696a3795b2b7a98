package dev.selfheal.analysis.trend.series;

/** A series that hardly ever repeats a value and now does, row after row: a stuck sensor. Told once, until it moves. */
final class StuckRun {

    /** A series that repeats more than this share of its values is no such series. */
    private static final double SELDOM = 0.05;

    /** Repeats that rounding may explain. */
    private static final int EXPLAINED = 3;

    /** Rows before the run that have to show that repeats are rare. */
    private static final int KNOWN = 100;

    private static final double NATS_PER_REPEAT = 0.25;

    private double last = Double.NaN;
    private double rows;
    private double repeats;
    private int run;
    private boolean told;

    /** Somebody was alarmed by the present run: its further rows are no news, from whatever view they look odd. */
    void tell() {
        told = run > 0;
    }

    boolean isTold() {
        return told;
    }

    /** Nats of the present run. */
    double observe(double value) {
        rows++;
        if (value != last) {
            repeats += run;
            run = 0;
            told = false;
            last = value;
            return 0;
        }
        run++;
        double before = rows - run;
        return before >= KNOWN && repeats < SELDOM * before ? NATS_PER_REPEAT * Math.max(0, run - EXPLAINED) : 0;
    }
}
