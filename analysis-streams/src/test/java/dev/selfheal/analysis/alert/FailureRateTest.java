package dev.selfheal.analysis.alert;

import static dev.selfheal.event.CaseState.APPROVED;
import static dev.selfheal.event.CaseState.EXHAUSTED;
import static dev.selfheal.event.CaseState.REGRESSED;
import static dev.selfheal.event.CaseState.REJECTED;
import static dev.selfheal.event.CaseState.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.Samples;
import dev.selfheal.analysis.alert.FailureRate.Judgement;
import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.analysis.archive.Steps;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.CaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureRateTest {

    private static final Instant START = Samples.START;

    private final List<Alert> alerts = new ArrayList<>();
    private FailureRate rate = new FailureRate("shop", new AlertSettings(0.3, 5, 60));
    private FailureWatch watch = FailureWatch.NONE;
    private int cases;

    @Test
    void shouldStaySilentAtTheLimitAndTellOnePastIt() {
        succeed(7);
        fail(3);
        assertThat(alerts).isEmpty();

        fail(1);
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.getName()).isEqualTo("HealingFailureRateHigh");
            assertThat(alert.getLevel()).isEqualTo(AlertLevel.CRITICAL);
            assertThat(alert.getSubject()).isEqualTo("shop");
            assertThat(alert.getMessage()).isEqualTo("4 of 11 cases failed in 60 minutes, limit 0.3");
        });
    }

    @Test
    void shouldStaySilentBelowTheMinimumOfCasesAndTellAtIt() {
        fail(4);
        assertThat(alerts).isEmpty();

        fail(1);
        assertThat(alerts).hasSize(1);
    }

    /** 0.29 × 100 is 28.999999999999996 as a double. */
    @Test
    void shouldCompareInDecimals() {
        assertThat(new AlertSettings(0.29, 5, 60).isTooHigh(29, 100)).isFalse();
        assertThat(new AlertSettings(0.29, 5, 60).isTooHigh(30, 100)).isTrue();
        assertThat(new AlertSettings(0.1, 5, 60).isTooHigh(3, 30)).isFalse();
    }

    @Test
    void shouldTellOnceAndEndOnce() {
        fail(6);
        fail(1);
        assertThat(alerts).hasSize(1);

        succeed(16);
        assertThat(alerts).hasSize(1);
        succeed(1);
        succeed(1);
        assertThat(alerts)
                .extracting(Alert::getName)
                .containsExactly("HealingFailureRateHigh", "HealingFailureRateNormal");
        assertThat(alerts.get(1).getLevel()).isEqualTo(AlertLevel.INFO);
        assertThat(alerts.get(1).getMessage()).startsWith("7 of 24 cases failed");
    }

    @Test
    void shouldNotForgetNewerOutcomesWhenAnOlderStepComes() {
        fail(5);
        List<CaseStep> older = Steps.of("older", START.minus(Duration.ofHours(2)), REQUESTED, APPROVED);
        older.forEach(step -> apply(rate.on(watch, step)));

        assertThat(alerts).hasSize(1);
        assertThat(watch.raised()).isPresent();
    }

    @Test
    void shouldEndWhenFailuresLeaveTheWindowAndNotAMinuteBefore() {
        fail(5);
        Instant last = START.plus(Duration.ofMinutes(3));
        assertThat(watch.outcomes().minutes()).hasSize(1);
        apply(rate.at(watch, last.plus(Duration.ofMinutes(60)).minusMillis(1)));
        assertThat(alerts).hasSize(1);
        assertThat(watch.due()).contains(last.plus(Duration.ofMinutes(60)));

        apply(rate.at(watch, watch.due().orElseThrow()));
        assertThat(alerts).extracting(Alert::getName).last().isEqualTo("HealingFailureRateNormal");
        assertThat(watch.due()).isEmpty();
    }

    @Test
    void shouldTurnSuccessIntoFailureWhenPatchDoesNotStand() {
        succeed(5);
        List<CaseStep> steps = Steps.of("case-1", START, REQUESTED, APPROVED, REGRESSED);
        apply(rate.on(watch, steps.get(2)));

        Outcomes.Count count = watch.outcomes().last(60, START.plus(Duration.ofMinutes(3)));
        assertThat(count).isEqualTo(new Outcomes.Count(4, 1));
    }

    @Test
    void shouldGiveTheSameIdsWhenTheSameIsToldAgain() {
        fail(5);
        List<Alert> first = List.copyOf(alerts);
        alerts.clear();
        watch = FailureWatch.NONE;
        cases = 0;
        fail(5);

        assertThat(alerts).isEqualTo(first);
    }

    @Test
    void shouldRaiseAgainUnderAnotherIdAfterAnEnd() {
        rate = new FailureRate("shop", new AlertSettings(0.5, 1, 60));
        fail(1);
        succeed(1);
        fail(1);

        assertThat(alerts).hasSize(3);
        assertThat(alerts).extracting(Alert::getAlertId).doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepADayOfMinutesAtMost() {
        for (int minute = 0; minute < 3 * Outcomes.MINUTES; minute++) {
            watch = new FailureWatch(
                    watch.outcomes().failed(START.plus(Duration.ofMinutes(minute))), watch.raised(), watch.due());
        }
        FailureWatchSerde serde = new FailureWatchSerde();
        byte[] bytes = serde.serializer().serialize("t", watch);

        assertThat(watch.outcomes().minutes()).hasSize(Outcomes.MINUTES);
        assertThat(bytes).hasSizeLessThan(40_000);
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(watch);
    }

    private void succeed(int count) {
        tell(count, REQUESTED, APPROVED);
    }

    private void fail(int count) {
        tell(count, REQUESTED, REJECTED, EXHAUSTED);
    }

    private void tell(int count, CaseState... states) {
        for (int i = 0; i < count; i++) {
            cases++;
            for (CaseStep step : Steps.of("case-" + cases, START.plusSeconds(cases), states)) {
                apply(rate.on(watch, step));
            }
        }
    }

    private void apply(Judgement judgement) {
        watch = judgement.watch();
        judgement.alert().ifPresent(alerts::add);
    }
}
