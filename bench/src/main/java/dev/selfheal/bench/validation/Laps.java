package dev.selfheal.bench.validation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times of the same thing, in milliseconds. */
final class Laps {

    private final List<Double> millis = new ArrayList<>();

    void add(Duration lap) {
        add(lap.toNanos() / 1e6);
    }

    void add(double lapMillis) {
        millis.add(lapMillis);
    }

    double median() {
        return quantile(0.5);
    }

    /** Nearest rank. */
    double quantile(double part) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        int rank = (int) Math.ceil(part * sorted.size());
        return sorted.get(Math.max(1, rank) - 1);
    }
}
