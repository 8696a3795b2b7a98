package dev.selfheal.analysis.service;

import dev.selfheal.event.ServiceTrend;
import dev.selfheal.event.TrendState;

/** Whether a rise is that of the service as a whole rather than of a few of its groups. */
public final class Breadth {

    /** Groups below which "all of them" is chance. */
    public static final int LEAST_GROUPS = 4;

    /** Share of the groups from which on it is most of them. */
    public static final double MOST = 0.6;

    private Breadth() {}

    /** True when the service's total rises, and so do most of its groups. */
    public static boolean isWholeServiceRising(ServiceTrend trend) {
        return isRising(trend)
                && trend.getActiveGroups() >= LEAST_GROUPS
                && trend.getRisingGroups() >= MOST * trend.getActiveGroups();
    }

    /** True when the service's total rises, whoever makes it. */
    public static boolean isRising(ServiceTrend trend) {
        return trend.getState() == TrendState.RISING || trend.getState() == TrendState.SPIKING;
    }
}
