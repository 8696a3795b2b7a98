package dev.selfheal.analysis.trend.series;

/** How improbable a deviation is, up and down each by its own past: series are seldom symmetric. */
final class Deviation {

    /** What is less than this share of the usual exceedances is none, even on the side where nothing has come yet. */
    private static final double AGAINST_USUAL = 0.03;

    private final Tail up = new Tail();
    private final Tail down = new Tail();

    /**
     * Judges, then learns.
     *
     * @param negligible deviations up to it are none
     * @return nats
     */
    double observe(double deviation, double negligible) {
        double floor = Math.max(negligible, AGAINST_USUAL * Math.max(up.meanExcess(), down.meanExcess()));
        double above = Math.max(0, deviation - floor);
        double below = Math.max(0, -deviation - floor);
        double nats = Math.max(up.nats(above, floor), down.nats(below, floor));
        up.learn(above);
        down.learn(below);
        return nats;
    }
}
