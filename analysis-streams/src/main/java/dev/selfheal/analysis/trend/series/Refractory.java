package dev.selfheal.analysis.trend.series;

/**
 * Makes one anomaly one alarm: after a peak, what is not clearly higher counts little. The peak is forgotten evenly over the
 * refractory rows. It works on whatever peaks there are, so that it suits any threshold.
 */
final class Refractory {

    private static final double CLEARLY = 1.15;
    private static final double DAMPED = 0.2;

    private final int rows;
    private double peak;
    private double bar;

    Refractory(int rows) {
        this.rows = rows;
    }

    double damp(double nats) {
        bar = Math.max(0, bar - peak / rows);
        if (nats > CLEARLY * bar) {
            peak = nats;
            bar = nats;
            return nats;
        }
        return DAMPED * nats;
    }
}
