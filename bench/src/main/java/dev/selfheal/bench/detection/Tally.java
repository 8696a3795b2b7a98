package dev.selfheal.bench.detection;

import dev.selfheal.bench.detection.LabelledSeries.Window;
import java.util.Arrays;
import java.util.List;

/**
 * How alarms met the known anomalies. Points follow the standard profile of the Numenta Anomaly Benchmark: an alarm in a
 * window up to 1, the sooner the more; a missed window -1; a false alarm up to -0.11, less just after a window. An alarm is a
 * row at which the score reaches the threshold; rows that stay there add none.
 *
 * @param windows anomalies there were
 * @param delayRows rows from the anomalies' beginnings to their alarms, summed up over the hits
 */
record Tally(double points, int windows, int hits, int falseAlarms, long delayRows) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    private static final double PROBATION = 0.15;
    private static final int LONGEST_PROBATION = 750;
    private static final double FALSE_ALARM = 0.11;

    static Tally of(LabelledSeries series, double[] scores, double threshold) {
        List<Window> windows = series.windows();
        int[] alarms = new int[windows.size()];
        Arrays.fill(alarms, -1);
        double points = 0;
        int falseAlarms = 0;
        int probation = (int) Math.min(PROBATION * series.rows(), LONGEST_PROBATION);
        for (int row = probation; row < series.rows(); row++) {
            if (scores[row] < threshold || scores[row - 1] >= threshold) {
                continue;
            }
            int window = lastBegun(windows, row);
            if (window < 0 || !windows.get(window).holds(row)) {
                falseAlarms++;
                points += window < 0 ? -FALSE_ALARM : FALSE_ALARM * sigmoid(lateness(windows.get(window), row));
            } else if (alarms[window] < 0) {
                alarms[window] = row;
            }
        }
        return withHits(windows, alarms, points, falseAlarms);
    }

    private static Tally withHits(List<Window> windows, int[] alarms, double pointsBefore, int falseAlarms) {
        double points = pointsBefore;
        int hits = 0;
        long delay = 0;
        for (int i = 0; i < alarms.length; i++) {
            Window window = windows.get(i);
            if (alarms[i] < 0) {
                points -= 1;
            } else {
                hits++;
                delay += alarms[i] - window.from();
                points += sigmoid(lateness(window, alarms[i])) / sigmoid(-1);
            }
        }
        return new Tally(points, windows.size(), hits, falseAlarms, delay);
    }

    Tally plus(Tally other) {
        return new Tally(
                points + other.points,
                windows + other.windows,
                hits + other.hits,
                falseAlarms + other.falseAlarms,
                delayRows + other.delayRows);
    }

    /** 100 for every anomaly at once and nothing else, 0 for no alarm at all; without anomalies the points themselves. */
    double score() {
        return windows == 0 ? points : 100 * (points + windows) / (2 * windows);
    }

    double precision() {
        return hits + falseAlarms == 0 ? 1 : (double) hits / (hits + falseAlarms);
    }

    double recall() {
        return windows == 0 ? 1 : (double) hits / windows;
    }

    double meanDelay() {
        return hits == 0 ? Double.NaN : (double) delayRows / hits;
    }

    private static int lastBegun(List<Window> windows, int row) {
        int last = -1;
        while (last + 1 < windows.size() && windows.get(last + 1).from() <= row) {
            last++;
        }
        return last;
    }

    /** -1 at the beginning of the window, 0 at its end, above that behind it. */
    private static double lateness(Window window, int row) {
        return (double) (row - window.to()) / (window.to() - window.from());
    }

    private static double sigmoid(double lateness) {
        return lateness > 3 ? -1 : 2 / (1 + Math.exp(5 * lateness)) - 1;
    }
}
