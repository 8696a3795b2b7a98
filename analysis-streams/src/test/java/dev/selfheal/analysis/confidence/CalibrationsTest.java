package dev.selfheal.analysis.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.selfheal.event.Calibration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void shouldCalibrateFromTheThirtiethOutcomeOnAndNotBefore() {
        List<CaseOutcome> outcomes = alternating(Calibrations.MIN_OUTCOMES - 1);
        assertThat(Calibrations.of(outcomes, NOW).getMethod()).isEqualTo("none");
        outcomes.add(Outcomes.scored(99, 0.9, true));
        assertThat(Calibrations.of(outcomes, NOW).getMethod()).isEqualTo("isotonic");
    }

    @Test
    void shouldNotCalibrateWhenAllWereRightOrAllWrong() {
        for (boolean right : new boolean[] {true, false}) {
            List<CaseOutcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                outcomes.add(Outcomes.scored(i, i / 100.0, right));
            }
            assertThat(Calibrations.of(outcomes, NOW).getMethod()).isEqualTo("none");
        }
    }

    @Test
    void shouldScoreThePromisesThatWereGivenNotTheRawScores() {
        List<CaseOutcome> outcomes = List.of(Outcomes.scored(1, 0.2, 1.0, true), Outcomes.scored(2, 0.2, 0.5, false));
        Calibration calibration = Calibrations.of(outcomes, NOW);
        assertThat(calibration.getBrier()).isEqualTo(0.125);
        assertThat(calibration.getExpectedCalibrationError()).isEqualTo(0.25);
        assertThat(calibration.getSamples()).isEqualTo(2);
    }

    @Test
    void shouldCallPromisesThatComeTrueCalibrated() {
        List<CaseOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            outcomes.add(Outcomes.scored(i, 0.8, i < 8));
        }
        assertThat(Calibrations.of(outcomes, NOW).getExpectedCalibrationError()).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldPutCertaintyIntoTheLastBin() {
        assertThat(Calibrations.expectedError(List.of(Outcomes.scored(1, 0.5, 1.0, true))))
                .isZero();
    }

    /**
     * Scores that promise far too much (true share is the square of the score). The loop is prequential: each promise is made
     * by the calibration of the outcomes before it, as the validation worker makes it.
     */
    @Test
    void shouldMakeOverconfidentScoresTrue() {
        Figures figures = simulate(score -> score * score);
        assertThat(figures.brier).isLessThan(figures.rawBrier - 0.01);
        assertThat(figures.error).isLessThan(figures.rawError / 2);
    }

    @Test
    void shouldMakeUnderconfidentScoresTrue() {
        Figures figures = simulate(Math::sqrt);
        assertThat(figures.brier).isLessThan(figures.rawBrier - 0.01);
        assertThat(figures.error).isLessThan(figures.rawError / 2);
    }

    @Test
    void shouldDoLittleHarmToScoresThatAreTrueAlready() {
        Figures figures = simulate(score -> score);
        assertThat(figures.brier).isLessThan(figures.rawBrier + 0.01);
    }

    private record Figures(double rawBrier, double brier, double rawError, double error) {}

    private static Figures simulate(java.util.function.DoubleUnaryOperator truth) {
        Random random = new Random(7);
        OutcomeMemory memory = new OutcomeMemory(List.of(), 500);
        List<CaseOutcome> promised = new ArrayList<>();
        List<CaseOutcome> raw = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double score = 0.05 + 0.9 * random.nextDouble();
            boolean right = random.nextDouble() < truth.applyAsDouble(score);
            double given = promise(Calibrations.of(memory.scored(), NOW), score);
            CaseOutcome outcome = Outcomes.scored(i, score, given, right);
            memory = memory.learned(outcome);
            if (i >= 200) {
                promised.add(outcome);
                raw.add(Outcomes.scored(i, score, right));
            }
        }
        return new Figures(
                Calibrations.brier(raw),
                Calibrations.brier(promised),
                Calibrations.expectedError(raw),
                Calibrations.expectedError(promised));
    }

    /** As consumers of the topic do. */
    private static double promise(Calibration calibration, double score) {
        List<Double> scores = calibration.getScores();
        if (scores.isEmpty()) {
            return score;
        }
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i) >= score) {
                double high = calibration.getProbabilities().get(i);
                double low = calibration.getProbabilities().get(Math.max(0, i - 1));
                double below = scores.get(Math.max(0, i - 1));
                double share = i == 0 ? 1 : (score - below) / (scores.get(i) - below);
                return low + share * (high - low);
            }
        }
        return calibration.getProbabilities().get(scores.size() - 1);
    }

    private static List<CaseOutcome> alternating(int size) {
        List<CaseOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            outcomes.add(Outcomes.scored(i, (i + 1) / 100.0, i % 2 == 0));
        }
        return outcomes;
    }
}
