package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.Samples.START;
import static dev.selfheal.analysis.breaker.Outcome.FAILED;
import static dev.selfheal.analysis.breaker.Outcome.HEALED;
import static dev.selfheal.analysis.breaker.Outcome.REGRESSED;
import static dev.selfheal.analysis.breaker.Outcome.REJECTED;
import static dev.selfheal.analysis.breaker.Outcome.REQUESTED;
import static dev.selfheal.analysis.breaker.Outcome.SUCCEEDED;
import static dev.selfheal.analysis.breaker.Settings.BREAKER;
import static dev.selfheal.analysis.breaker.Settings.OPENING;
import static dev.selfheal.analysis.breaker.Settings.PACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {

    private static final Instant PROBE = START.plus(OPENING);

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
    void shouldCountRegressionAsSeveralFailures() {
        assertThat(after(SUCCEEDED, SUCCEEDED, REGRESSED)).isInstanceOf(Open.class);
        assertThat(after(SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED, REGRESSED)).isInstanceOf(Closed.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "REJECTED"})
    void shouldCountEachKindOfFailureOnce(Outcome failure) {
        assertThat(after(SUCCEEDED, failure))
                .isInstanceOfSatisfying(
                        Closed.class,
                        closed -> assertThat(closed.tally())
                                .returns(1, Tally::successes)
                                .returns(1, Tally::failures));
    }

    @Test
    void shouldForgetOldOutcomesByHalves() {
        Breaker breaker = after(Collections.nCopies(10, SUCCEEDED).toArray(Outcome[]::new));

        assertThat(breaker).isEqualTo(new Closed(START, 0, new Tally(5, 0, 0)));
    }

    @Test
    void shouldBlockUntilProbeIsDue() {
        assertThat(opened().passage(PROBE.minusMillis(1))).isEqualTo(Passage.BLOCKED);
        assertThat(opened().passage(PROBE)).isEqualTo(Passage.PROBE);
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void shouldIgnoreOutcomesOfCasesFromBeforeTheProbe(Outcome outcome) {
        Instant before = PROBE.minusMillis(1);

        assertThat(opened().on(outcome, before, PROBE, BREAKER)).isEqualTo(opened());
    }

    @Test
    void shouldHalfOpenWithTheFirstRequestFromTheProbeOn() {
        assertThat(probing()).isEqualTo(new HalfOpen(PROBE, 1, PROBE.plus(PACE), 0));
    }

    @Test
    void shouldPaceProbes() {
        assertThat(probing().passage(PROBE.plus(PACE).minusMillis(1))).isEqualTo(Passage.BLOCKED);
        assertThat(probing().passage(PROBE.plus(PACE))).isEqualTo(Passage.PROBE);
    }

    @Test
    void shouldCloseAfterEnoughSuccessfulProbesAndNotBefore() {
        Breaker once = probing().on(SUCCEEDED, PROBE, PROBE, BREAKER);

        assertThat(once).isInstanceOf(HalfOpen.class);
        assertThat(once.on(HEALED, PROBE, PROBE, BREAKER)).as("the same case").isEqualTo(once);
        assertThat(once.on(SUCCEEDED, PROBE, PROBE, BREAKER)).isInstanceOf(Closed.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "REJECTED", "HEALED", "REQUESTED"})
    void shouldJudgeProbesByProbesAlone(Outcome outcome) {
        assertThat(probing().on(outcome, PROBE.minusMillis(1), PROBE.plusSeconds(1), BREAKER))
                .isEqualTo(probing());
    }

    @Test
    void shouldOpenAgainWhenAnOlderPatchRegresses() {
        assertThat(probing().on(REGRESSED, START, PROBE.plusSeconds(1), BREAKER))
                .isInstanceOf(Open.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "REJECTED", "REGRESSED"})
    void shouldOpenForLongerWhenProbeFails(Outcome failure) {
        Breaker retripped = probing().on(failure, PROBE, PROBE, BREAKER);

        assertThat(retripped.trips()).isEqualTo(2);
        assertThat(retripped.passage(PROBE.plus(Duration.ofMinutes(30)).minusMillis(1)))
                .isEqualTo(Passage.BLOCKED);
        assertThat(retripped.passage(PROBE.plus(Duration.ofMinutes(30)))).isEqualTo(Passage.PROBE);
    }

    @Test
    void shouldOpenForLongerWhenItTripsBeforeItHasRecovered() {
        Breaker again = after(closedAgain(), FAILED, FAILED, FAILED, FAILED);

        assertThat(again.trips()).isEqualTo(2);
    }

    @Test
    void shouldForgetTripsOnceAFullVolumeHasNotOpenedIt() {
        assertThat(after(closedAgain(), SUCCEEDED, SUCCEEDED, SUCCEEDED).trips())
                .isEqualTo(1);
        assertThat(after(closedAgain(), SUCCEEDED, SUCCEEDED, SUCCEEDED, SUCCEEDED)
                        .trips())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 15", "2, 30", "3, 60", "4, 60", "40, 60"})
    void shouldOpenLongerAfterEachTripUpToTheLongest(int trips, long minutes) {
        assertThat(Settings.PAUSES.openingAfter(trips)).isEqualTo(Duration.ofMinutes(minutes));
    }

    /** Whatever happens, a breaker that opens again without a full recovery stays open at least as long as before. */
    @Test
    void shouldNeverOpenForShorterAfterARetrip() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Breaker breaker = Closed.initial(START);
            Duration longest = Duration.ZERO;
            Instant now = START;
            for (int i = 0; i < 300; i++) {
                now = now.plusSeconds(random.nextInt(1200));
                Outcome outcome = List.of(Outcome.values()).get(random.nextInt(Outcome.values().length));
                Breaker next = breaker.on(outcome, now, now, BREAKER);
                longest = next.trips() == 0 ? Duration.ZERO : longest;
                if (next instanceof Open open && !(breaker instanceof Open)) {
                    Duration opening = Duration.between(open.since(), open.probeAt());
                    assertThat(opening).as("seed %d", seed).isBetween(longest, Settings.LONGEST);
                    longest = opening;
                }
                breaker = next;
            }
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
                .isThrownBy(() -> new Sensitivity(0, 0.5, 0.5, 10, 0, 1))
                .withMessageContaining("minimumVolume");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sensitivity(4, 1.1, 0.5, 10, 0, 1))
                .withMessageContaining("failureRate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pauses(OPENING, OPENING.minusMillis(1), PACE, 1, Duration.ZERO))
                .withMessageContaining("longestOpening");
    }

    private static Breaker opened() {
        return after(FAILED, FAILED, REJECTED, FAILED);
    }

    private static Breaker probing() {
        return opened().on(REQUESTED, PROBE, PROBE, BREAKER);
    }

    private static Breaker closedAgain() {
        return probing().on(SUCCEEDED, PROBE, PROBE, BREAKER).on(SUCCEEDED, PROBE, PROBE, BREAKER);
    }

    private static Breaker after(Outcome... outcomes) {
        return after(Closed.initial(START), outcomes);
    }

    private static Breaker after(Breaker before, Outcome... outcomes) {
        Breaker breaker = before;
        for (Outcome outcome : outcomes) {
            breaker = breaker.on(outcome, before.since(), before.since(), BREAKER);
        }
        return breaker;
    }
}
