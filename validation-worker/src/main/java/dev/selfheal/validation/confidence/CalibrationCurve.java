package dev.selfheal.validation.confidence;

import dev.selfheal.event.Calibration;
import java.util.List;

/** A published calibration, applied to a score. Pure. */
final class CalibrationCurve {

    private static final String ISOTONIC = "isotonic";

    private CalibrationCurve() {}

    /**
     * The probability at a score: between two points on the line through them, beyond the ends that of the end. The score
     * itself when there is no curve, or one of a kind that this release does not know.
     */
    static double apply(Calibration calibration, double score) {
        List<Double> scores = calibration.getScores();
        List<Double> probabilities = calibration.getProbabilities();
        boolean usable = calibration.getMethod().equals(ISOTONIC)
                && !scores.isEmpty()
                && scores.size() == probabilities.size();
        if (!usable) {
            return score;
        }
        int above = 0;
        while (above < scores.size() && scores.get(above) < score) {
            above++;
        }
        if (above == 0) {
            return probabilities.get(0);
        }
        if (above == scores.size()) {
            return probabilities.get(above - 1);
        }
        double share = (score - scores.get(above - 1)) / (scores.get(above) - scores.get(above - 1));
        return probabilities.get(above - 1) + share * (probabilities.get(above) - probabilities.get(above - 1));
    }
}
