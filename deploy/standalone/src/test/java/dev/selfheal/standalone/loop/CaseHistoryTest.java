package dev.selfheal.standalone.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.CaseState;
import dev.selfheal.event.VerdictKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseHistoryTest {

    private final CaseHistory history = new CaseHistory();

    @ParameterizedTest
    @CsvSource({
        "APPROVED, APPROVED, APPROVED",
        "IN_REVIEW, NEEDS_REVIEW, NEEDS_REVIEW",
        "REJECTED, REJECTED, REJECTED",
        "EXHAUSTED, REJECTED, EXHAUSTED"
    })
    void shouldEndWhenTheCaseAndItsVerdictAgree(CaseState state, VerdictKind verdict, HealingOutcome outcome) {
        history.verdictSeen("t", Records.verdict("cart", verdict));
        history.caseSeen("t", Records.inState("cart", state, "r"));
        assertThat(history.outcome()).contains(outcome);
    }

    @Test
    void shouldWaitForTheVerdictWhenTheCaseIsReadFirst() {
        history.caseSeen("t", Records.inState("cart", CaseState.APPROVED, "r"));
        assertThat(history.outcome()).isEmpty();
        history.verdictSeen("t", Records.verdict("cart", VerdictKind.APPROVED));
        assertThat(history.outcome()).contains(HealingOutcome.APPROVED);
    }

    @Test
    void shouldGoOnWhenARejectedCaseIsRequestedAgain() {
        history.verdictSeen("t", Records.verdict("cart", VerdictKind.REJECTED));
        history.caseSeen("t", Records.inState("cart", CaseState.REQUESTED, "r"));
        assertThat(history.outcome()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ABSTAINED", "SUPPRESSED"})
    void shouldEndAbstainedWithoutAnyVerdict(CaseState state) {
        history.caseSeen("t", Records.inState("cart", state, "r"));
        assertThat(history.outcome()).contains(HealingOutcome.ABSTAINED);
    }
}
