package dev.selfheal.analysis.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IsotonicTest {

    private static final int SEEDS = 200;

    @Test
    void shouldPoolNeighboursThatViolateTheOrder() {
        List<Isotonic.Point> points = Isotonic.fit(List.of(
                Outcomes.scored(1, 0.1, false),
                Outcomes.scored(2, 0.2, true),
                Outcomes.scored(3, 0.3, false),
                Outcomes.scored(4, 0.4, true)));

        assertThat(points)
                .containsExactly(
                        new Isotonic.Point(0.1, 1.0 / 3),
                        new Isotonic.Point(0.2, 0.5),
                        new Isotonic.Point(0.3, 0.5),
                        new Isotonic.Point(0.4, 2.0 / 3));
    }

    @Test
    void shouldTakeOneScoreForOnePoint() {
        List<CaseOutcome> same = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            same.add(Outcomes.scored(i, 0.7, i < 6));
        }
        assertThat(Isotonic.fit(same)).containsExactly(new Isotonic.Point(0.7, 0.7));
    }

    @Test
    void shouldGiveNothingForNothing() {
        assertThat(Isotonic.fit(List.of())).isEmpty();
    }

    @Test
    void shouldNeverFallNorReachCertaintyWhateverTheOutcomes() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Isotonic.Point> points = Isotonic.fit(random(seed));
            for (int i = 0; i < points.size(); i++) {
                assertThat(points.get(i).probability()).as("seed %d", seed).isStrictlyBetween(0.0, 1.0);
                if (i > 0) {
                    assertThat(points.get(i).score()).isGreaterThan(points.get(i - 1).score());
                    assertThat(points.get(i).probability())
                            .as("seed %d", seed)
                            .isGreaterThanOrEqualTo(points.get(i - 1).probability());
                }
            }
        }
    }

    @Test
    void shouldNotDependOnTheOrderOutcomesCameIn() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<CaseOutcome> outcomes = random(seed);
            List<Isotonic.Point> fitted = Isotonic.fit(outcomes);
            Collections.shuffle(outcomes, new Random(seed));
            assertThat(Isotonic.fit(outcomes)).as("seed %d", seed).isEqualTo(fitted);
        }
    }

    @Test
    void shouldFindTheShareThatIsBehindTheScores() {
        List<CaseOutcome> outcomes = new ArrayList<>();
        Random random = new Random(42);
        for (int i = 0; i < 5_000; i++) {
            double score = random.nextDouble();
            outcomes.add(Outcomes.scored(i, score, random.nextDouble() < score * score));
        }
        double error = Isotonic.fit(outcomes).stream()
                .mapToDouble(point -> Math.abs(point.probability() - point.score() * point.score()))
                .average()
                .orElseThrow();
        assertThat(error).isLessThan(0.05);
    }

    private static List<CaseOutcome> random(int seed) {
        Random random = new Random(seed);
        List<CaseOutcome> outcomes = new ArrayList<>();
        int size = 1 + random.nextInt(200);
        for (int i = 0; i < size; i++) {
            // Coarse scores, so that many are equal.
            outcomes.add(Outcomes.scored(i, (1 + random.nextInt(20)) / 20.0, random.nextBoolean()));
        }
        return outcomes;
    }
}
