package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.breaker.Outcome.FAILED;
import static dev.selfheal.analysis.breaker.Outcome.REQUESTED;
import static dev.selfheal.analysis.breaker.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.selfheal.event.BreakerScope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration OPENING = Duration.ofMinutes(15);
    private static final Duration PACE = Duration.ofMinutes(5);

    /** Opens at half of at least four. */
    private static final BreakerSettings SETTINGS =
            new BreakerSettings(4, 0.5, 10, OPENING, Duration.ofHours(1), PACE, 2);

    @Test
    void shouldNotOpenBelowMinimumVolume() {
        assertThat(after(FAILED, FAILED, FAILED)).isInstanceOf(Closed.class);
        assertThat(after(FAILED, FAILED, FAILED, FAILED)).isInstanceOf(Open.class);
    }

    @Test
    void shouldOpenExactlyAtFailureRate() {
        assertThat(after(SUCCEEDED, SUCCEEDED, SUCCEEDED, FAILED, FAILED)).isInstanceOf(Closed.class);
        assertThat(after(SUCCEEDED, SUCCEEDED, FAILED, FAILED)).isInstanceOf(Open.class);
    }

    @Test
    void shouldForgetOldOutcomesByHalves() {
        Breaker breaker = after(Collections.nCopies(10, SUCCEEDED).toArray(Outcome[]::new));

        assertThat(breaker).isEqualTo(new Closed(START, 5, 0));
    }

    @Test
    void shouldBlockUntilProbeIsDue() {
        Breaker open = opened();

        assertThat(open.passage(START.plus(OPENING).minusMillis(1))).isEqualTo(Passage.BLOCKED);
        assertThat(open.passage(START.plus(OPENING))).isEqualTo(Passage.PROBE);
    }

    @Test
    void shouldIgnoreOutcomesOfRequestsSentBeforeItOpened() {
        assertThat(opened().on(SUCCEEDED, START.plusSeconds(1), SETTINGS)).isEqualTo(opened());
        assertThat(opened().on(FAILED, START.plusSeconds(1), SETTINGS)).isEqualTo(opened());
        assertThat(opened().on(REQUESTED, START.plusSeconds(1), SETTINGS)).isEqualTo(opened());
    }

    @Test
    void shouldPaceProbes() {
        Instant probe = START.plus(OPENING);
        Breaker halfOpen = opened().on(REQUESTED, probe, SETTINGS);

        assertThat(halfOpen.passage(probe.plus(PACE).minusMillis(1))).isEqualTo(Passage.BLOCKED);
        assertThat(halfOpen.passage(probe.plus(PACE))).isEqualTo(Passage.PROBE);
    }

    @Test
    void shouldCloseAfterEnoughSuccessfulProbes() {
        Breaker halfOpen = opened().on(REQUESTED, START.plus(OPENING), SETTINGS);
        Breaker once = halfOpen.on(SUCCEEDED, START.plus(OPENING), SETTINGS);

        assertThat(once).isInstanceOf(HalfOpen.class);
        assertThat(once.on(SUCCEEDED, START.plus(OPENING), SETTINGS)).isInstanceOf(Closed.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 15", "2, 30", "3, 60", "4, 60", "40, 60"})
    void shouldOpenLongerAfterEachTripUpToTheLongest(int trips, long minutes) {
        assertThat(SETTINGS.openingAfter(trips)).isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void shouldOpenForLongerWhenProbeFails() {
        Instant probe = START.plus(OPENING);
        Breaker retripped = opened().on(REQUESTED, probe, SETTINGS).on(FAILED, probe, SETTINGS);

        assertThat(retripped.trips()).isEqualTo(2);
        assertThat(retripped.passage(probe.plus(Duration.ofMinutes(30)).minusMillis(1)))
                .isEqualTo(Passage.BLOCKED);
        assertThat(retripped.passage(probe.plus(Duration.ofMinutes(30)))).isEqualTo(Passage.PROBE);
    }

    @Test
    void shouldComeBackFromItsRecordAsItWas() {
        Breaker halfOpen = opened().on(REQUESTED, START.plus(OPENING), SETTINGS);
        for (Breaker breaker : new Breaker[] {after(SUCCEEDED, FAILED), opened(), halfOpen}) {
            assertThat(BreakerRecords.read(BreakerRecords.write(BreakerScope.SERVICE, "shop", breaker)))
                    .isEqualTo(breaker);
        }
    }

    @Test
    void shouldStartBudgetAnewEachUtcDay() {
        DailyBudget budget = DailyBudget.initial(START).spend(START).spend(START);

        assertThat(budget.used()).isEqualTo(2);
        assertThat(budget.nextDay()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
        assertThat(budget.spend(budget.nextDay().minusMillis(1)).used()).isEqualTo(3);
        assertThat(budget.spend(budget.nextDay()).used()).isEqualTo(1);
        assertThat(budget.spend(budget.nextDay()).day())
                .isEqualTo(START.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS));
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BreakerSettings(0, 0.5, 10, OPENING, OPENING, PACE, 1))
                .withMessageContaining("minimumVolume");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BreakerSettings(4, 1.1, 10, OPENING, OPENING, PACE, 1))
                .withMessageContaining("failureRate");
    }

    private static Breaker opened() {
        return after(FAILED, FAILED, FAILED, FAILED);
    }

    private static Breaker after(Outcome... outcomes) {
        Breaker breaker = Closed.initial(START);
        for (Outcome outcome : outcomes) {
            breaker = breaker.on(outcome, START, SETTINGS);
        }
        return breaker;
    }
}
