package dev.selfheal.analysis.kpi;

import static dev.selfheal.event.CaseState.ABSTAINED;
import static dev.selfheal.event.CaseState.APPROVED;
import static dev.selfheal.event.CaseState.DEPLOYED;
import static dev.selfheal.event.CaseState.EXHAUSTED;
import static dev.selfheal.event.CaseState.HEALED;
import static dev.selfheal.event.CaseState.REGRESSED;
import static dev.selfheal.event.CaseState.REJECTED;
import static dev.selfheal.event.CaseState.REQUESTED;
import static dev.selfheal.event.CaseState.ROLLED_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.analysis.archive.Steps;
import dev.selfheal.event.CaseState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KpisTest {

    private static final Instant START = Samples.START;

    private Kpis kpis = Kpis.startedAt(START);

    @Test
    void shouldGiveTheShareOfCasesThatSucceeded() {
        tell("a", START, REQUESTED, APPROVED);
        tell("b", START, REQUESTED, REJECTED, REQUESTED, APPROVED, DEPLOYED, HEALED);
        tell("c", START, REQUESTED, REJECTED, EXHAUSTED);
        tell("d", START, ABSTAINED);

        Tally total = kpis.total();
        assertThat(total.successRate()).hasValue(2 / 3.0);
        assertThat(total.sum(Figure.OPENED)).isEqualTo(4);
        assertThat(total.sum(Figure.ATTEMPTS)).isEqualTo(4);
        assertThat(total.sum(Figure.HEALED)).isEqualTo(1);
        assertThat(total.reasons()).containsExactly(java.util.Map.entry("other", 1L));
    }

    @Test
    void shouldCountCaseAsFailedAndNoLongerAsSucceededWhenItsPatchRegresses() {
        tell("a", START, REQUESTED, APPROVED, DEPLOYED, REGRESSED, ROLLED_BACK);

        assertThat(kpis.total().successRate()).hasValue(0);
        assertThat(kpis.total().sum(Figure.REJECTED_AFTER_APPROVAL)).isEqualTo(1);
        assertThat(kpis.total().sum(Figure.FAILED)).isEqualTo(1);
        assertThat(kpis.total().sum(Figure.ROLLED_BACK)).isEqualTo(1);
    }

    @Test
    void shouldHaveNoRateBeforeTheFirstOutcome() {
        tell("a", START, REQUESTED);
        tell("b", START, ABSTAINED);

        assertThat(kpis.total().successRate()).isEmpty();
    }

    @Test
    void shouldMeanTheTimeFromTheErrorThatOpenedTheCase() {
        tell("a", START, REQUESTED, APPROVED, DEPLOYED, HEALED);
        tell("b", START, REQUESTED, REJECTED, REQUESTED, APPROVED);

        assertThat(kpis.total().mean(Figure.MS_TO_APPROVED, Figure.TIMED_APPROVED))
                .hasValue(Duration.ofMinutes(3).toMillis());
        assertThat(kpis.total().mean(Figure.MS_TO_HEALED, Figure.TIMED_HEALED))
                .hasValue(Duration.ofMinutes(4).toMillis());
    }

    @Test
    void shouldForgetHoursButNotTotals() {
        tell("a", START, REQUESTED, APPROVED);
        tell("b", START.plus(Duration.ofHours(Kpis.HOURS - 1)), REQUESTED, APPROVED);
        assertThat(kpis.last(Kpis.HOURS).sum(Figure.SUCCEEDED)).isEqualTo(2);
        assertThat(kpis.last(24).sum(Figure.SUCCEEDED)).isEqualTo(1);

        tell("c", START.plus(Duration.ofHours(Kpis.HOURS)), REQUESTED, APPROVED);
        assertThat(kpis.last(Kpis.HOURS).sum(Figure.SUCCEEDED)).isEqualTo(2);
        assertThat(kpis.total().sum(Figure.SUCCEEDED)).isEqualTo(3);
        assertThat(kpis.hours()).hasSizeLessThanOrEqualTo(Kpis.HOURS);
    }

    @Test
    void shouldTakeSuccessOutOfTheHourItWasIn() {
        tell("a", START, REQUESTED, APPROVED);
        CaseStep regressed = last(START, REQUESTED, APPROVED, REGRESSED);
        kpis = kpis.on(moved(regressed, START.plus(Duration.ofHours(30))));

        assertThat(kpis.last(Kpis.HOURS).successRate()).hasValue(0);
        assertThat(kpis.last(24).sum(Figure.SUCCEEDED)).isZero();
        assertThat(kpis.last(24).sum(Figure.FAILED)).isEqualTo(1);
    }

    @Test
    void shouldCountLateStepInTotals() {
        tell("a", START.plus(Duration.ofDays(30)), REQUESTED, APPROVED);
        tell("late", START, REQUESTED, APPROVED);

        assertThat(kpis.total().sum(Figure.SUCCEEDED)).isEqualTo(2);
        assertThat(kpis.last(Kpis.HOURS).sum(Figure.SUCCEEDED)).isEqualTo(1);
    }

    @Test
    void shouldHoldABoundedNumberOfReasons() {
        Tally tally = Tally.EMPTY;
        for (int i = 0; i < 100; i++) {
            tally = tally.plusReason("reason-" + i, 1);
        }
        assertThat(tally.reasons()).hasSize(33).containsEntry("other", 68L);
    }

    @Test
    void shouldBeReadAsItWasWritten() {
        tell("a", START, REQUESTED, APPROVED, DEPLOYED, REGRESSED);
        tell("b", START.plus(Duration.ofHours(5)), ABSTAINED);
        KpisSerde serde = new KpisSerde();

        assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", kpis)))
                .isEqualTo(kpis);
    }

    private void tell(String caseId, Instant at, CaseState... states) {
        for (CaseStep step : Steps.of(caseId, at, states)) {
            kpis = kpis.on(step);
        }
    }

    private static CaseStep last(Instant at, CaseState... states) {
        return Steps.of("a", at, states).get(states.length - 1);
    }

    private static CaseStep moved(CaseStep step, Instant at) {
        return new CaseStep(
                step.caseId(),
                step.service(),
                step.from(),
                step.to(),
                at,
                step.openedAt(),
                step.succeededAt(),
                step.attempt(),
                step.changedLines(),
                step.costMicroUsd(),
                step.reason(),
                step.byPerson());
    }
}
