package dev.selfheal.bench.detection;

import java.util.List;

/**
 * A simulated series whose anomalies are known.
 *
 * @param times epoch milliseconds
 * @param windows row ranges within which an alarm is right, in order
 */
record LabelledSeries(String kind, long[] times, double[] values, List<Window> windows) {

    /** Rows {@code from} (the anomaly's first) to {@code to}, both inclusive. */
    record Window(int from, int to) {

        boolean holds(int row) {
            return row >= from && row <= to;
        }
    }

    int rows() {
        return values.length;
    }
}
