package dev.selfheal.validation.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.Isolation;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import dev.selfheal.validation.check.ReproductionEvidence;
import dev.selfheal.validation.check.TestEvidence;
import dev.selfheal.validation.check.Trial;
import dev.selfheal.validation.check.Trials;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionRuleTest {

    private static final ReproductionEvidence PROVEN = new ReproductionEvidence(Optional.of("T#t"), true, true);
    private static final AutonomyPolicy POLICY = AutonomyPolicy.newBuilder()
            .setMinimumIsolation(Isolation.UNSHARE)
            .setMinimumConfidence(0.5)
            .build();

    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({
        "UNSHARE, 0.5, Approved",
        "BUBBLEWRAP, 0.99, Approved",
        "CONTAINER, 0.5, Approved",
        "PROCESS, 0.99, NeedsReview",
        "NONE, 0.99, NeedsReview",
        "UNSHARE, 0.4999, NeedsReview"
    })
    void shouldApproveOnlyAtOrAboveThePolicysLimits(Isolation isolation, double confidence, String decision)
            throws Exception {
        assertThat(DecisionRule.decide(tried(PROVEN), isolation, POLICY, confidence)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(decision);
    }

    @Test
    void shouldAskAPersonWithoutAReproductionWhateverTheConfidence() throws Exception {
        assertThat(DecisionRule.decide(tried(ReproductionEvidence.none()), Isolation.CONTAINER, POLICY, 1))
                .isInstanceOf(Decision.NeedsReview.class);
    }

    @Test
    void shouldAskAPersonWhenTheBaseDidNotFail() throws Exception {
        ReproductionEvidence passedAnyway = new ReproductionEvidence(Optional.of("T#t"), false, true);
        assertThat(DecisionRule.decide(tried(passedAnyway), Isolation.CONTAINER, POLICY, 1))
                .isInstanceOf(Decision.NeedsReview.class);
    }

    @Test
    void shouldAskAPersonWhenAFindingWarns() throws Exception {
        CheckResult warned = result("risk", CheckOutcome.PASSED, FindingLevel.WARNING);
        assertThat(DecisionRule.decide(tried(PROVEN, warned), Isolation.CONTAINER, POLICY, 1))
                .isInstanceOf(Decision.NeedsReview.class)
                .extracting(Decision::reason)
                .asString()
                .contains("SH-X");
    }

    @Test
    void shouldNotMindANote() throws Exception {
        CheckResult noted = result("affected-tests", CheckOutcome.PASSED, FindingLevel.NOTE);
        assertThat(DecisionRule.decide(tried(PROVEN, noted), Isolation.CONTAINER, POLICY, 1))
                .isInstanceOf(Decision.Approved.class);
    }

    @Test
    void shouldRejectWhenACheckRefutedEvenIfEverythingElseSpeaksForIt() throws Exception {
        CheckResult failed = result("affected-tests", CheckOutcome.FAILED, FindingLevel.ERROR);
        Tried refuted = new Tried(tried(PROVEN).trial(), List.of(failed), Optional.of(failed));
        assertThat(DecisionRule.decide(refuted, Isolation.CONTAINER, POLICY, 1))
                .isInstanceOf(Decision.Rejected.class)
                .extracting(Decision::reason)
                .asString()
                .startsWith("affected-tests: ");
    }

    private Tried tried(ReproductionEvidence reproduction, CheckResult... results) throws Exception {
        CandidatePatch candidate = Proposals.candidate();
        Trial trial = Trials.with(
                Trials.trial(Trials.baseline(root), candidate), reproduction, new TestEvidence(3, 3, 3, 0, 0));
        return new Tried(trial, List.of(results), Optional.empty());
    }

    private static CheckResult result(String name, CheckOutcome outcome, FindingLevel level) {
        return new CheckResult(
                name, outcome, 1L, "said so", List.of(new Finding("SH-X", level, "seen", null, 0, 0, "")));
    }
}
