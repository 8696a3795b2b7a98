package dev.selfheal.analysis.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TallyTest {

    /** Half failing opens it, once ten are known. */
    private static final Sensitivity PLAIN = new Sensitivity(10, 0.5, 0.3, 400, 0, 3);

    private static final Sensitivity FORESIGHTED = new Sensitivity(10, 0.5, 0.3, 400, 10, 3);

    @Test
    void shouldHaveNoFailuresWhenNothingIsKnown() {
        assertThat(Tally.EMPTY.failureRate()).isZero();
        assertThat(Tally.EMPTY.isWorsening()).isFalse();
    }

    @Test
    void shouldSmoothTheSlopeOfTheShare() {
        Tally tally = Tally.EMPTY.succeeded().failed(1);

        assertThat(tally.failureRate()).isEqualTo(0.5);
        assertThat(tally.slope()).isEqualTo(0.05, within(1e-9));
        assertThat(tally.succeeded().slope()).isEqualTo(0.9 * 0.05 + 0.1 * (1.0 / 3 - 0.5), within(1e-9));
    }

    @Test
    void shouldKeepSlopeWhenOldOutcomesFade() {
        Tally tally = new Tally(7, 3, 0.02);

        assertThat(tally.faded(11)).isEqualTo(tally);
        assertThat(tally.faded(10)).isEqualTo(new Tally(3, 1, 0.02));
    }

    @Test
    void shouldTripExactlyAtTheRateWithoutForesight() {
        assertThat(new Tally(6, 5, 1).trips(PLAIN)).isFalse();
        assertThat(new Tally(5, 5, -1).trips(PLAIN)).isTrue();
    }

    @Test
    void shouldTripEarlierWhileTheShareRises() {
        Tally worsening = good(40);
        Tally steady = new Tally(60, 40, 0);
        int failures = 0;
        while (!worsening.trips(FORESIGHTED)) {
            worsening = worsening.failed(1);
            failures++;
        }

        assertThat(steady.trips(FORESIGHTED)).isFalse();
        assertThat(worsening.failureRate()).isBetween(0.25, 0.45);
        assertThat(failures).isLessThan(40);
    }

    @Test
    void shouldTripLaterWhileTheShareFalls() {
        assertThat(new Tally(4, 6, 0).trips(FORESIGHTED)).isTrue();
        assertThat(new Tally(4, 6, -0.02).trips(FORESIGHTED)).isFalse();
    }

    @Test
    void shouldNotLetASteepSlopeCarryFartherThanAQuarter() {
        assertThat(new Tally(8, 2, 1).forecast(10)).isEqualTo(0.45, within(1e-9));
        assertThat(new Tally(2, 8, -1).forecast(10)).isEqualTo(0.55, within(1e-9));
    }

    @Test
    void shouldNotTripBelowMinimumVolumeHoweverBadItLooks() {
        assertThat(new Tally(0, 9, 1).trips(FORESIGHTED)).isFalse();
        assertThat(new Tally(0, 10, 0).trips(FORESIGHTED)).isTrue();
    }

    private static Tally good(int successes) {
        Tally tally = Tally.EMPTY;
        for (int i = 0; i < successes; i++) {
            tally = tally.succeeded();
        }
        return tally;
    }
}
