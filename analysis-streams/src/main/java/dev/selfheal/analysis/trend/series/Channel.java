package dev.selfheal.analysis.trend.series;

/**
 * One view of a series and its three ways of being odd: a value far from the recent level (spikes and drops), a short mean
 * far from the long-run level (shifts), and unrest, a short mean of the absolute deviations above its usual height (noise
 * that grows, spikes that come more often).
 */
final class Channel {

    private static final double RECENT = 0.1;
    private static final double SHORT = 1.0 / 8;
    private static final double UNREST = 1.0 / 12;
    private static final double SCALE = 0.01;

    /** One value counts for the unrest as at most so many usual deviations: unrest is about many. */
    private static final double LARGEST_UNREST = 6;

    /** One value widens the spread as if it were at most so many spreads away. */
    private static final double LARGEST_SPREAD = 10;

    /** Deviations below this share of the spread are none, however unusual: they matter to nobody. */
    private static final double NEGLIGIBLE = 0.02;

    /** Relative rounding error of sums of the values. */
    private static final double ROUNDING = 1e-9;

    private static final int SETTLING = 50;

    private final Deviation point = new Deviation();
    private final Deviation shift = new Deviation();
    private final Deviation unrest = new Deviation();
    private final double slowest;

    private int rows;
    private double recent;
    private double shortMean;
    private double longMean;
    private double spread;
    private double usual;
    private double shortUnrest;
    private double longUnrest;

    Channel(int memoryRows) {
        slowest = 1.0 / memoryRows;
    }

    /** Nats of the oddest of the three. */
    double observe(double value) {
        if (rows == 0) {
            recent = value;
            shortMean = value;
            longMean = value;
        }
        rows++;
        double slow = Math.max(1.0 / rows, slowest);
        double rounding = ROUNDING * Math.abs(longMean);
        double widest = rows < SETTLING ? Double.MAX_VALUE : LARGEST_SPREAD * spread + rounding;
        spread += slow * (Math.min(Math.abs(value - longMean), widest) - spread);
        double floor = NEGLIGIBLE * spread + rounding;

        double deviation = value - recent;
        double capped = Math.min(Math.abs(deviation), LARGEST_UNREST * usual);
        shortMean += SHORT * (value - shortMean);
        shortUnrest += UNREST * (capped - shortUnrest);
        double nats = Math.max(
                point.observe(deviation, floor),
                Math.max(
                        shift.observe(shortMean - longMean, floor),
                        unrest.observe(Math.max(0, shortUnrest - longUnrest), floor)));

        longMean += slow * (value - longMean);
        longUnrest += slow * (capped - longUnrest);
        recent += Math.max(1.0 / rows, RECENT) * deviation;
        double believed = rows < SETTLING ? Math.abs(deviation) : Math.min(Math.abs(deviation), 5 * usual + rounding);
        usual += Math.max(1.0 / rows, SCALE) * (believed - usual);
        return nats;
    }

    /** How far the short mean stands above the long-run level, in usual spreads; negative below, 0 without a spread. */
    double displacement() {
        return spread > 0 ? (shortMean - longMean) / spread : 0;
    }
}
