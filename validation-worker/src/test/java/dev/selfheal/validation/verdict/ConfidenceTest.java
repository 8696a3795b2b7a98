package dev.selfheal.validation.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.validation.check.ReproductionEvidence;
import dev.selfheal.validation.check.TestEvidence;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceTest {

    private static final ReproductionEvidence PROVEN = new ReproductionEvidence(Optional.of("T#t"), true, true);

    @Test
    void shouldPassTheDefaultThresholdWithASmallProvenPatchAlone() {
        assertThat(Confidence.of(PROVEN, TestEvidence.none(), 3, 0)).isGreaterThan(0.5);
    }

    @Test
    void shouldStayBelowItsCapWithoutProofWhateverElseSpeaksForThePatch() {
        double best = Confidence.of(ReproductionEvidence.none(), new TestEvidence(900, 900, 0, 0), 1, 1);
        assertThat(best).isEqualTo(Confidence.WITHOUT_PROOF);
    }

    @Test
    void shouldNotCountAReproductionThatDidNotFailBefore() {
        ReproductionEvidence unproven = new ReproductionEvidence(Optional.of("T#t"), false, true);
        assertThat(Confidence.of(unproven, TestEvidence.none(), 1, 1)).isLessThanOrEqualTo(Confidence.WITHOUT_PROOF);
    }

    @Test
    void shouldGrowWithTestsThatKeepPassingButNeverReachCertainty() {
        double none = Confidence.of(PROVEN, TestEvidence.none(), 3, 0.5);
        double some = Confidence.of(PROVEN, new TestEvidence(5, 5, 0, 0), 3, 0.5);
        double many = Confidence.of(PROVEN, new TestEvidence(1_000_000, 1_000_000, 0, 0), 0, 1);
        assertThat(some).isGreaterThan(none);
        assertThat(many).isGreaterThan(some).isLessThan(1);
    }

    @Test
    void shouldNotCountTestsThatFailOnTheBaseAnyway() {
        assertThat(Confidence.of(PROVEN, new TestEvidence(5, 0, 5, 0), 3, 0))
                .isEqualTo(Confidence.of(PROVEN, TestEvidence.none(), 3, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 2, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldIgnoreAScoreThatIsNone(double score) {
        assertThat(Confidence.of(PROVEN, TestEvidence.none(), 3, score))
                .isEqualTo(Confidence.of(PROVEN, TestEvidence.none(), 3, 0));
    }

    @Test
    void shouldNotFallBelowZeroForAHugePatch() {
        assertThat(Confidence.of(ReproductionEvidence.none(), TestEvidence.none(), Integer.MAX_VALUE, 0))
                .isZero();
    }
}
