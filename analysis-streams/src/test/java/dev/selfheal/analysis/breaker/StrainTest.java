package dev.selfheal.analysis.breaker;

import static dev.selfheal.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.HealingMode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrainTest {

    /** The whole table. A new strain fails here until it is decided what it leaves. */
    @Test
    void shouldLeaveWhatTheTableSays() {
        assertThat(Strain.values())
                .allSatisfy(strain -> assertThat(strain.leaves())
                        .isEqualTo(
                                switch (strain) {
                                    case WORSENING, MODELS_AWAY, BUSY -> HealingMode.TEMPLATES_ONLY;
                                    case PROBING, REGRESSED -> HealingMode.REVIEW_ONLY;
                                    case OVERLOADED, SPENT, OPEN, UNREADABLE -> HealingMode.OBSERVE_ONLY;
                                }));
    }

    @Test
    void shouldLeaveEverythingWhenNothingSpeaksAgainstIt() {
        assertThat(Strain.strictest(Set.of())).isEqualTo(HealingMode.FULL);
    }

    @Test
    void shouldNeverLeaveMoreUnderMoreStrains() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 1_000; round++) {
            Set<Strain> some = EnumSet.noneOf(Strain.class);
            HealingMode before = Strain.strictest(some);
            for (int i = 0; i < 6; i++) {
                some.add(Strain.values()[random.nextInt(Strain.values().length)]);
                assertThat(Strain.strictest(some)).isGreaterThanOrEqualTo(before);
                before = Strain.strictest(some);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 0.01, TEMPLATES_ONLY",
        "3, 1, 0, FULL",
        "3, 1, -0.01, FULL",
        "4, 1, 0.01, FULL",
        "2, 1, 0.01, FULL"
    })
    void shouldAskTemplatesOnlyWhenEnoughOutcomesFailAndMoreAndMore(
            int successes, int failures, double slope, HealingMode mode) {
        assertThat(modeOf(new Closed(START, 0, new Tally(successes, failures, slope))))
                .isEqualTo(mode);
    }

    @Test
    void shouldReviewWhileProbingAndOnlyObserveWhileOpen() {
        assertThat(modeOf(new HalfOpen(START, 1, START, 0))).isEqualTo(HealingMode.REVIEW_ONLY);
        assertThat(modeOf(new Open(START, 1, START, Tally.EMPTY))).isEqualTo(HealingMode.OBSERVE_ONLY);
    }

    @Test
    void shouldReviewUntilTheRegressionIsForgotten() {
        ScopeBreaker regressed =
                ScopeBreaker.initial(START).on(new Report(Outcome.REGRESSED, START, 0), START, Settings.BREAKER);

        assertThat(mode(regressed, Settings.REVIEW.minusMillis(1))).isEqualTo(HealingMode.REVIEW_ONLY);
        assertThat(mode(regressed, Settings.REVIEW)).isEqualTo(HealingMode.FULL);
    }

    @Test
    void shouldLeaveNoMoreTheMoreOutcomesFailed() {
        for (int failures = 0; failures < 10; failures++) {
            HealingMode fewer = modeOf(new Closed(START, 0, new Tally(10 - failures, failures, 0.01)));
            HealingMode more = modeOf(new Closed(START, 0, new Tally(9 - failures, failures + 1, 0.01)));
            assertThat(more).isGreaterThanOrEqualTo(fewer);
        }
    }

    private static HealingMode modeOf(Breaker position) {
        return mode(new ScopeBreaker(position, Optional.empty(), List.of()), Duration.ZERO);
    }

    private static HealingMode mode(ScopeBreaker breaker, Duration later) {
        return Strain.strictest(breaker.strains(Settings.PLAIN, START.plus(later)));
    }
}
