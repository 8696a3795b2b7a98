package dev.selfheal.analysis.confidence;

import static dev.selfheal.event.CaseState.DEPLOYED;
import static dev.selfheal.event.CaseState.EXHAUSTED;
import static dev.selfheal.event.CaseState.HEALED;
import static dev.selfheal.event.CaseState.IN_REVIEW;
import static dev.selfheal.event.CaseState.PROPOSED;
import static dev.selfheal.event.CaseState.REJECTED;
import static dev.selfheal.event.CaseState.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Classification;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.HealingCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseOutcomesTest {

    private static final String VERDICT = "verdict-1";

    @ParameterizedTest
    @CsvSource({
        "PROPOSED, APPROVED, PROVEN",
        "REQUESTED, APPROVED, PROVEN",
        "IN_REVIEW, APPROVED, RIGHT",
        "DEPLOYED, HEALED, RIGHT",
        "DEPLOYED, REGRESSED, WRONG",
        "REGRESSED, ROLLED_BACK, WRONG",
        "DEPLOYED, ROLLED_BACK, WRONG",
        "DEPLOYED, EXHAUSTED, WRONG"
    })
    void shouldReadTheLastStep(CaseState from, CaseState to, Kind expected) {
        CaseOutcome outcome = CaseOutcomes.of(moved(1, step(from, to, VERDICT)).build()).orElseThrow();
        assertThat(outcome).isEqualTo(new CaseOutcome("case", 1, "claude", "E", 0.8, 0.7, expected));
    }

    @ParameterizedTest
    @CsvSource({"OBSERVED, REQUESTED", "REQUESTED, PROPOSED", "PROPOSED, IN_REVIEW", "APPROVED, DEPLOYED",
        "PROPOSED, EXHAUSTED", "REQUESTED, EXHAUSTED", "OBSERVED, ABSTAINED"})
    void shouldLearnNothingWhileNothingIsKnown(CaseState from, CaseState to) {
        assertThat(CaseOutcomes.of(moved(1, step(from, to, VERDICT)).build())).isEmpty();
    }

    @Test
    void shouldLearnNothingWhenNobodyMadeAPatch() {
        assertThat(CaseOutcomes.of(moved(1, step(DEPLOYED, HEALED, "x")).setProvider("").build()))
                .isEmpty();
    }

    @Test
    void shouldBlameTheProposerOfARefutedAttemptThatIsFollowedByAnother() {
        HealingCase again = moved(2, step(PROPOSED, REJECTED, VERDICT), step(REJECTED, REQUESTED, VERDICT))
                .setFeedback(List.of(new Feedback(1, "compiles", "no")))
                .build();
        assertThat(kindOf(again)).contains(Kind.REFUTED);
        assertThat(CaseOutcomes.of(again).orElseThrow().attempt()).isEqualTo(1);
    }

    @Test
    void shouldBlameTheProposerOfTheLastAttempt() {
        HealingCase ended = moved(3, step(PROPOSED, REJECTED, VERDICT), step(REJECTED, EXHAUSTED, VERDICT))
                .setFeedback(List.of(new Feedback(3, "compiles", "no")))
                .build();
        assertThat(kindOf(ended)).contains(Kind.REFUTED);
        assertThat(CaseOutcomes.of(ended).orElseThrow().attempt()).isEqualTo(3);
    }

    @Test
    void shouldTakeAPersonsRejectionForTheTruth() {
        HealingCase rejected = moved(2, step(IN_REVIEW, REJECTED, "review:c:1"), step(REJECTED, REQUESTED, "review:c:1"))
                .setFeedback(List.of(new Feedback(1, "verdict", "no reproduction"), new Feedback(1, "review", "wrong")))
                .build();
        assertThat(kindOf(rejected)).contains(Kind.WRONG);
    }

    @Test
    void shouldNotBlameTheProposerForALostWorker() {
        HealingCase lost = moved(2, step(PROPOSED, REJECTED, "deadline"), step(REJECTED, REQUESTED, "deadline"))
                .build();
        assertThat(CaseOutcomes.of(lost)).isEmpty();
    }

    @Test
    void shouldNotBlameThePatchWhenAPersonStopsTheCase() {
        assertThat(CaseOutcomes.of(moved(1, step(DEPLOYED, EXHAUSTED, "review:c:1")).build()))
                .isEmpty();
    }

    @Test
    void shouldCutATypeThatIsAbsurdlyLong() {
        HealingCase healed = moved(1, step(DEPLOYED, HEALED, "x"))
                .setClassification(Classification.newBuilder()
                        .setErrorType("x".repeat(10_000))
                        .build())
                .build();
        assertThat(CaseOutcomes.of(healed).orElseThrow().errorType()).hasSize(200);
    }

    private static Optional<Kind> kindOf(HealingCase changed) {
        return CaseOutcomes.of(changed).map(CaseOutcome::kind);
    }

    private static CaseTransition step(CaseState from, CaseState to, String cause) {
        return new CaseTransition(from, to, Samples.START, "because", cause);
    }

    private static HealingCase.Builder moved(int attempt, CaseTransition... last) {
        List<CaseTransition> history = new ArrayList<>(List.of(step(CaseState.OBSERVED, REQUESTED, "e")));
        history.addAll(List.of(last));
        return HealingCase.newBuilder()
                .setCaseId("case")
                .setGroup(Samples.GROUP)
                .setService(Samples.SERVICE)
                .setState(last[last.length - 1].getTo())
                .setAttempt(attempt)
                .setOpenedAt(Samples.START)
                .setUpdatedAt(Samples.START)
                .setHistory(history)
                .setProvider("claude")
                .setClassification(
                        Classification.newBuilder().setErrorType("E").build())
                .setRawConfidence(0.8)
                .setConfidence(0.7);
    }
}
