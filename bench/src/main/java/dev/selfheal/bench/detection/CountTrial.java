package dev.selfheal.bench.detection;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Runs charts over simulated errors.
 *
 * @param dispersion variance over mean; 1 is Poisson
 * @param firstSeed trials of different first seeds, a million apart, share no draw
 */
record CountTrial(double baseline, double dispersion, long firstSeed) {

    /** A delay of so many minutes stands for this many or more. */
    static final int LONGEST_DELAY = 120;

    private static final int WARM_UP_MINUTES = 600;
    private static final int MINUTES_A_DAY = 1440;
    private static final int DAYS_A_RUN = 10;
    private static final double TRIPLED = 3;

    static CountTrial poisson(double baseline, long firstSeed) {
        return new CountTrial(baseline, 1, firstSeed);
    }

    /** Alarms that begin while nothing has changed. */
    double falseAlarmsADay(Supplier<Chart> charts, int days) {
        int alarms = 0;
        int runs = days / DAYS_A_RUN;
        for (int run = 0; run < runs; run++) {
            Noise noise = new Noise(firstSeed + run);
            Chart chart = warm(charts.get(), noise);
            boolean before = false;
            for (int minute = 0; minute < DAYS_A_RUN * MINUTES_A_DAY; minute++) {
                boolean alarming = chart.observe(errors(baseline, noise));
                alarms += alarming && !before ? 1 : 0;
                before = alarming;
            }
        }
        return (double) alarms / (runs * DAYS_A_RUN);
    }

    /** Median minutes from a tripling of the rate to an alarm, the tripled minute it alarms in included. */
    double medianDelay(Supplier<Chart> charts, int runs) {
        double[] delays = new double[runs];
        for (int run = 0; run < runs; run++) {
            Noise noise = new Noise(firstSeed + 500_000 + run);
            Chart chart = warm(charts.get(), noise);
            int minutes = 1;
            while (!chart.observe(errors(TRIPLED * baseline, noise)) && minutes < LONGEST_DELAY) {
                minutes++;
            }
            delays[run] = minutes;
        }
        Arrays.sort(delays);
        return (delays[(runs - 1) / 2] + delays[runs / 2]) / 2;
    }

    private Chart warm(Chart chart, Noise noise) {
        for (int minute = 0; minute < WARM_UP_MINUTES; minute++) {
            chart.observe(errors(baseline, noise));
        }
        return chart;
    }

    private double errors(double mean, Noise noise) {
        return dispersion > 1 ? noise.overDispersed(mean, dispersion) : noise.poisson(mean);
    }
}
