package dev.selfheal.analysis.trend.series;

import java.time.Duration;
import java.util.OptionalDouble;

/** The daily and the weekly course of a series; the one that has been right more often speaks. */
final class Seasons {

    /** Rows both have to be compared over before the week may speak. */
    private static final int COMPARED = 100;

    private static final double MEMORY = 0.003;

    private final Season day = new Season(Duration.ofDays(1).toMillis(), 96);
    private final Season week = new Season(Duration.ofDays(7).toMillis(), 168);
    private int compared;
    private double dayError;
    private double weekError;

    /** The value without its course, then learns it; empty while no course is known for this time. */
    OptionalDouble residual(long at, double value) {
        OptionalDouble residual = OptionalDouble.empty();
        if (day.knows(at)) {
            residual = OptionalDouble.of(value - expected(at, value));
        }
        day.learn(at, value);
        week.learn(at, value);
        return residual;
    }

    private double expected(long at, double value) {
        double byDay = day.expected(at);
        if (!week.knows(at)) {
            return byDay;
        }
        double byWeek = week.expected(at);
        boolean weekIsBetter = compared > COMPARED && weekError < dayError;
        compared = Math.min(compared + 1, Integer.MAX_VALUE - 1);
        double weight = Math.max(1.0 / compared, MEMORY);
        dayError += weight * (Math.abs(value - byDay) - dayError);
        weekError += weight * (Math.abs(value - byWeek) - weekError);
        return weekIsBetter ? byWeek : byDay;
    }
}
