package dev.selfheal.analysis.trend.series;

import java.time.Duration;
import java.util.OptionalDouble;

/** The daily and the weekly course of a series; the one that has been right more often speaks. */
final class Seasons {

    /** Rows both have to be compared over before the week may speak. */
    private static final int COMPARED = 100;

    private static final double MEMORY = 0.003;

    /** Counting further changes no weight. */
    private static final int SETTLED = 1_000_000;

    /** A value changes its slot as if it were at most so many usual residuals away. */
    private static final double LARGEST = 5;

    private final Season day = new Season(Duration.ofDays(1).toMillis(), 96);
    private final Season week = new Season(Duration.ofDays(7).toMillis(), 168);
    private int rows;
    private double usual;
    private int compared;
    private double dayError;
    private double weekError;

    /** The value without its course, then learns it; empty while no course is known for this time. */
    OptionalDouble residual(long at, double value) {
        OptionalDouble residual = day.knows(at) ? OptionalDouble.of(known(at, value)) : OptionalDouble.empty();
        double most = most();
        day.learn(at, value, most);
        week.learn(at, value, most);
        return residual;
    }

    private double known(long at, double value) {
        double byDay = day.residual(at, value);
        double residual = week.knows(at) ? compare(byDay, week.residual(at, value)) : byDay;
        rows = Math.min(rows + 1, SETTLED);
        usual += Math.max(1.0 / rows, MEMORY) * (Math.min(Math.abs(residual), most()) - usual);
        return residual;
    }

    private double most() {
        return rows < COMPARED ? Double.MAX_VALUE : LARGEST * usual;
    }

    private double compare(double byDay, double byWeek) {
        boolean weekIsBetter = compared > COMPARED && weekError < dayError;
        compared = Math.min(compared + 1, SETTLED);
        double weight = Math.max(1.0 / compared, MEMORY);
        dayError += weight * (Math.abs(byDay) - dayError);
        weekError += weight * (Math.abs(byWeek) - weekError);
        return weekIsBetter ? byWeek : byDay;
    }
}
