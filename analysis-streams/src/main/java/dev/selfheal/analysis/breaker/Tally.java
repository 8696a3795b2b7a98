package dev.selfheal.analysis.breaker;

/**
 * Outcomes remembered, and where their share of failures is going. The share is smooth by itself, so Holt's level is the
 * share and only the slope is smoothed.
 *
 * @param successes fading
 * @param failures fading; one regression counts as several
 * @param slope change of the share of failures per outcome
 */
public record Tally(int successes, int failures, double slope) {

    static final Tally EMPTY = new Tally(0, 0, 0);

    private static final double SLOPE_WEIGHT = 0.1;
    /** However steep the slope, it moves the share by no more than this: a few outcomes in a row are no trend yet. */
    private static final double FARTHEST_SIGHT = 0.25;

    Tally succeeded() {
        return moved(successes + 1, failures);
    }

    Tally failed(int weight) {
        return moved(successes, failures + weight);
    }

    /** With both counts halved when the window is full. */
    Tally faded(int window) {
        return volume() < window ? this : new Tally(successes / 2, failures / 2, slope);
    }

    int volume() {
        return successes + failures;
    }

    /** Share of failures, 0..1; 0 when nothing is remembered. */
    double failureRate() {
        return volume() == 0 ? 0 : (double) failures / volume();
    }

    boolean isWorsening() {
        return slope > 0;
    }

    /** Whether the share, as it will be some outcomes ahead, is at or above the limit. */
    boolean trips(Sensitivity sensitivity) {
        return volume() >= sensitivity.minimumVolume()
                && forecast(sensitivity.foresight()) >= sensitivity.failureRate();
    }

    /** Share of failures that many outcomes ahead, should it go on like this. */
    double forecast(int outcomes) {
        double ahead = Math.max(-FARTHEST_SIGHT, Math.min(FARTHEST_SIGHT, slope * outcomes));
        return failureRate() + ahead;
    }

    private Tally moved(int nextSuccesses, int nextFailures) {
        Tally next = new Tally(nextSuccesses, nextFailures, 0);
        double step = volume() == 0 ? 0 : next.failureRate() - failureRate();
        return new Tally(nextSuccesses, nextFailures, SLOPE_WEIGHT * step + (1 - SLOPE_WEIGHT) * slope);
    }
}
