package dev.selfheal.analysis.archive;

import static dev.selfheal.event.CaseState.ABSTAINED;
import static dev.selfheal.event.CaseState.APPROVED;
import static dev.selfheal.event.CaseState.DEPLOYED;
import static dev.selfheal.event.CaseState.EXHAUSTED;
import static dev.selfheal.event.CaseState.HEALED;
import static dev.selfheal.event.CaseState.IN_REVIEW;
import static dev.selfheal.event.CaseState.PROPOSED;
import static dev.selfheal.event.CaseState.REGRESSED;
import static dev.selfheal.event.CaseState.REJECTED;
import static dev.selfheal.event.CaseState.REQUESTED;
import static dev.selfheal.event.CaseState.ROLLED_BACK;
import static dev.selfheal.event.CaseState.SUPPRESSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.archive.CaseStep.Effect;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Classification;
import dev.selfheal.event.FaultClass;
import dev.selfheal.event.HealingCase;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseStepsTest {

    private static final Instant START = Samples.START;

    @Test
    void shouldTellEachTransitionOnceWhenCaseIsSeenAgain() {
        HealingCase before = caseOf(REQUESTED, PROPOSED);
        HealingCase after = caseOf(REQUESTED, PROPOSED, REJECTED, REQUESTED);

        assertThat(CaseSteps.between(Optional.of(before), after))
                .extracting(CaseStep::to)
                .containsExactly(REJECTED, REQUESTED);
        assertThat(CaseSteps.between(Optional.of(after), after)).isEmpty();
    }

    @Test
    void shouldTellOnlyWhatIsNewWhenOldestTransitionsWereDropped() {
        HealingCase before = caseOf(REQUESTED, PROPOSED, REJECTED);
        HealingCase longer = caseOf(REQUESTED, PROPOSED, REJECTED, REQUESTED);
        List<CaseTransition> kept = longer.getHistory().subList(2, 4);
        HealingCase after = HealingCase.newBuilder(longer).setHistory(kept).build();

        assertThat(CaseSteps.between(Optional.of(before), after))
                .extracting(CaseStep::to)
                .containsExactly(REQUESTED);
    }

    @Test
    void shouldCarryNewCostOnceAlsoWithoutTransition() {
        HealingCase before =
                HealingCase.newBuilder(caseOf(REQUESTED)).setCostUsd(0.25).build();
        HealingCase after = HealingCase.newBuilder(before).setCostUsd(1.0).build();

        assertThat(CaseSteps.between(Optional.of(before), after))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.isTransition()).isFalse();
                    assertThat(step.costMicroUsd()).isEqualTo(750_000);
                });
    }

    @Test
    void shouldSucceedOnceFromFirstPatchThatStandsOn() {
        assertThat(effects(REQUESTED, PROPOSED, APPROVED, DEPLOYED, HEALED))
                .containsExactly(Effect.NONE, Effect.NONE, Effect.SUCCEEDED, Effect.NONE, Effect.NONE);
        assertThat(effects(REQUESTED, IN_REVIEW, DEPLOYED)).containsExactly(Effect.NONE, Effect.NONE, Effect.SUCCEEDED);
    }

    @Test
    void shouldReverseOnceWhenPatchDoesNotStand() {
        assertThat(effects(REQUESTED, APPROVED, DEPLOYED, REGRESSED, ROLLED_BACK))
                .containsExactly(Effect.NONE, Effect.SUCCEEDED, Effect.NONE, Effect.REVERSED, Effect.NONE);
        assertThat(effects(REQUESTED, APPROVED, EXHAUSTED))
                .containsExactly(Effect.NONE, Effect.SUCCEEDED, Effect.REVERSED);
    }

    @Test
    void shouldFailOnlyWhenExhaustedAndNotWhenNothingWasTried() {
        assertThat(effects(REQUESTED, REJECTED, EXHAUSTED)).containsExactly(Effect.NONE, Effect.NONE, Effect.FAILED);
        assertThat(effects(ABSTAINED)).containsExactly(Effect.NONE);
        assertThat(effects(SUPPRESSED)).containsExactly(Effect.NONE);
    }

    @Test
    void shouldNotFailWhenPersonStopsIt() {
        HealingCase stopped = Steps.caseOf("c", START, "stopped by ada", "review:c:1", REQUESTED, EXHAUSTED);
        List<CaseStep> steps = CaseSteps.between(Optional.empty(), stopped);

        assertThat(steps.get(1).isStop()).isTrue();
        assertThat(steps.get(1).effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void shouldFailWhenPersonRejectsLastAttempt() {
        HealingCase rejected =
                Steps.caseOf("c", START, "rejected by ada", "review:c:1", REQUESTED, IN_REVIEW, REJECTED, EXHAUSTED);

        assertThat(CaseSteps.between(Optional.empty(), rejected))
                .last()
                .extracting(CaseStep::effect)
                .isEqualTo(Effect.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "ABSTAINED, no policy, no-policy",
        "ABSTAINED, something else, other",
        "SUPPRESSED, budget used up: 3 of 3 requests today, budget",
        "SUPPRESSED, breaker of shop is OPEN, breaker",
        "SUPPRESSED, the breaker of shop cannot be read, breaker",
        "SUPPRESSED, overloaded: 9 requests wait, load",
        "SUPPRESSED, something else, other"
    })
    void shouldClassWhyNothingWasTried(CaseState state, String reason, String expected) {
        HealingCase untried = Steps.caseOf("c", START, reason, "e1", state);

        assertThat(CaseSteps.between(Optional.empty(), untried))
                .singleElement()
                .extracting(CaseStep::reason)
                .isEqualTo(expected);
    }

    @Test
    void shouldClassWhatIsNoCodeFaultByItsKind() {
        HealingCase untried = HealingCase.newBuilder(Steps.caseOf("c", START, "not a code fault", "e1", ABSTAINED))
                .setClassification(Classification.newBuilder()
                        .setFaultClass(FaultClass.EXTERNAL_DEPENDENCY)
                        .build())
                .build();

        assertThat(CaseSteps.between(Optional.empty(), untried))
                .singleElement()
                .extracting(CaseStep::reason)
                .isEqualTo("external-dependency");
    }

    @Test
    void shouldSurviveTheRepartitionTopic() {
        CaseStepSerde serde = new CaseStepSerde();
        List<CaseStep> steps = Steps.of("c", START, REQUESTED, APPROVED, REGRESSED);

        assertThat(steps)
                .allSatisfy(step -> assertThat(serde.deserializer()
                                .deserialize("t", serde.serializer().serialize("t", step)))
                        .isEqualTo(step));
        assertThat(steps.get(2).succeededAt()).isPresent();
        assertThat(Collections.frequency(steps.stream().map(CaseStep::opens).toList(), true))
                .isEqualTo(1);
    }

    private static List<Effect> effects(CaseState... states) {
        return Steps.of("c", START, states).stream().map(CaseStep::effect).toList();
    }

    private static HealingCase caseOf(CaseState... states) {
        return Steps.caseOf("c", START, "because", "cause", states);
    }
}
