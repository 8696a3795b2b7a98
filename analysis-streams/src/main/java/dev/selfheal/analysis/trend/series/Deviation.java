package dev.selfheal.analysis.trend.series;

/** How improbable a deviation is, up and down each by its own past: series are seldom symmetric. */
final class Deviation {

    private final Tail up = new Tail();
    private final Tail down = new Tail();

    /**
     * Judges, then learns.
     *
     * @param floor deviations up to it are none
     * @return nats
     */
    double observe(double deviation, double floor) {
        double above = Math.max(0, deviation - floor);
        double below = Math.max(0, -deviation - floor);
        double nats = Math.max(up.nats(above), down.nats(below));
        up.learn(above);
        down.learn(below);
        return nats;
    }
}
