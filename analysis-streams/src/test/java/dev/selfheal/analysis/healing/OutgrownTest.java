package dev.selfheal.analysis.healing;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.HealingCase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class OutgrownTest {

    private static final Instant LATE = START.plus(Duration.ofMinutes(10)).plusMillis(1);

    private final HealingCases machine = new HealingCases(new FakeCircumstances(), CaseStory.POLICY_GRACE);

    @Test
    void shouldGoOnWithTheNewestOfWhatItCarriesAndTellPeople() {
        Decision decision = machine.decideWithLess(large(CaseStory.requested()), new CaseInput.TimePassed(LATE));

        HealingCase after = decision.current().orElseThrow();
        assertThat(after.getState()).isEqualTo(CaseState.REQUESTED);
        assertThat(after.getAttempt()).isEqualTo(2);
        assertThat(after.getHistory()).as("ten and what has happened now").hasSize(12);
        assertThat(after.getFeedback()).hasSize(4);
        assertThat(decision.outputs())
                .filteredOn(CaseOutput.Raised.class::isInstance)
                .singleElement()
                .satisfies(raised -> assertThat(
                                ((CaseOutput.Raised) raised).alert().getName())
                        .isEqualTo("CaseTooLarge"));
    }

    @Test
    void shouldEndWithoutSampleAndFeedbackAsAFailure() {
        Decision decision = machine.end(large(CaseStory.requested()), new CaseInput.TimePassed(LATE));

        HealingCase after = decision.current().orElseThrow();
        assertThat(after.getState()).isEqualTo(CaseState.EXHAUSTED);
        assertThat(after.getEvent()).isEmpty();
        assertThat(after.getFeedback()).isEmpty();
        assertThat(decision.outputs())
                .filteredOn(CaseOutput.Counted.class::isInstance)
                .singleElement()
                .satisfies(counted ->
                        assertThat(((CaseOutput.Counted) counted).outcome()).isEqualTo(Outcome.FAILED));
    }

    @Test
    void shouldEndTheWatchOfACaseThatEnds() {
        Decision decision = machine.end(CaseStory.deployed().present(), new CaseInput.TimePassed(LATE));

        assertThat(decision.current().flatMap(HealingCase::getWatch)).isEmpty();
        assertThat(decision.outputs())
                .filteredOn(CaseOutput.WatchChanged.class::isInstance)
                .singleElement()
                .satisfies(change ->
                        assertThat(((CaseOutput.WatchChanged) change).watch()).isEmpty());
    }

    private static HealingCase large(CaseStory story) {
        CaseTransition note = new CaseTransition(CaseState.REQUESTED, CaseState.REQUESTED, START, "noted", "");
        return HealingCase.newBuilder(story.present())
                .setHistory(Collections.nCopies(200, note))
                .setFeedback(Collections.nCopies(64, new Feedback(1, "compiles", "no")))
                .build();
    }
}
