package dev.selfheal.analysis.confidence;

import dev.selfheal.event.Calibration;
import java.time.Instant;
import java.util.List;

/** Makes the published calibration from the outcomes remembered. Pure. */
final class Calibrations {

    /** The one calibration there is; key of the topic. */
    static final String NAME = "confidence";

    /** Below this the scores stay as they are. */
    static final int MIN_OUTCOMES = 30;

    private static final int BINS = 10;

    private Calibrations() {}

    /**
     * @param outcomes with the probabilities given before any of this was learned
     */
    static Calibration of(List<CaseOutcome> outcomes, Instant at) {
        Calibration.Builder calibration = Calibration.newBuilder()
                .setName(NAME)
                .setSamples(outcomes.size())
                .setBrier(brier(outcomes))
                .setExpectedCalibrationError(expectedError(outcomes))
                .setUpdatedAt(at);
        long right = outcomes.stream().filter(CaseOutcome::isRight).count();
        if (outcomes.size() >= MIN_OUTCOMES && right > 0 && right < outcomes.size()) {
            List<Isotonic.Point> points = Isotonic.fit(outcomes);
            calibration
                    .setMethod("isotonic")
                    .setScores(points.stream().map(Isotonic.Point::score).toList())
                    .setProbabilities(
                            points.stream().map(Isotonic.Point::probability).toList());
        }
        return calibration.build();
    }

    /** Mean square of what was promised less what came; 0 for no outcomes. */
    static double brier(List<CaseOutcome> outcomes) {
        return outcomes.stream()
                .mapToDouble(outcome -> outcome.confidence() - (outcome.isRight() ? 1 : 0))
                .map(miss -> miss * miss)
                .average()
                .orElse(0);
    }

    /** Over ten bins of the promise: distance of its mean from the share that came true, weighted by outcomes. */
    static double expectedError(List<CaseOutcome> outcomes) {
        double[] surplus = new double[BINS];
        for (CaseOutcome outcome : outcomes) {
            int bin = (int) Math.min(BINS - 1, outcome.confidence() * BINS);
            surplus[bin] += outcome.confidence() - (outcome.isRight() ? 1 : 0);
        }
        double error = 0;
        for (double each : surplus) {
            error += Math.abs(each);
        }
        return outcomes.isEmpty() ? 0 : error / outcomes.size();
    }
}
