package dev.selfheal.analysis.trend;

import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.TrendState;

/**
 * Holt forecasts with a damped slope (Gardner and McKenzie, 1985): each minute ahead the slope counts {@value #DAMPING}
 * of what it counted the minute before, so that a forecast levels off instead of exploding.
 */
public final class Forecasts {

    /** At 0.85 the slope adds up to less than six minutes of itself, however far the horizon. */
    static final double DAMPING = 0.85;

    private Forecasts() {}

    /** Errors per minute in the minute that lies {@code minutes} ahead; never negative. */
    static double rate(double level, double slope, int minutes) {
        return Math.max(0, level + slope * dampedSteps(minutes));
    }

    /** @throws IllegalArgumentException when {@code minutes} is negative */
    static double expectedIn(double level, double slope, int minutes) {
        if (minutes < 0) {
            throw new IllegalArgumentException("horizon of " + minutes + " minutes");
        }
        double sum = 0;
        for (int ahead = 1; ahead <= minutes; ahead++) {
            sum += rate(level, slope, ahead);
        }
        return sum;
    }

    /**
     * Errors of the group expected in the {@code minutes} after its last closed window; 0 while the group is NEW or QUIET,
     * when there is nothing to go by.
     */
    public static double expectedIn(ErrorTrend trend, int minutes) {
        TrendState state = trend.getState();
        if (state == TrendState.NEW || state == TrendState.QUIET || state == TrendState.UNKNOWN) {
            return 0;
        }
        // The record carries the forecast for one minute ahead, which is the level and one damped slope.
        double level = trend.getForecastPerMinute() - DAMPING * trend.getSlopePerMinute();
        return expectedIn(level, trend.getSlopePerMinute(), minutes);
    }

    /** DAMPING + DAMPING² + … up to the given power. */
    private static double dampedSteps(int minutes) {
        return DAMPING * (1 - Math.pow(DAMPING, minutes)) / (1 - DAMPING);
    }
}
