package dev.selfheal.bench.detection;

/**
 * The usual errors per minute, averaged as our own detector does, so that charts differ in judgement alone. Charts that freeze
 * it while they alarm get a whole memory to learn first: frozen too early at almost nothing they would alarm for ever.
 */
final class Baseline {

    private static final int MEMORY = 480;
    private static final double LEAST = 0.01;

    private int minutes;
    private double mean;

    boolean isLearned() {
        return minutes >= MEMORY;
    }

    double mean() {
        return Math.max(mean, LEAST);
    }

    void learn(double count) {
        minutes = Math.min(minutes + 1, MEMORY);
        mean += (count - mean) / minutes;
    }
}
