package dev.selfheal.analysis.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.TrendState;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForecastsTest {

    @Test
    void shouldExpectTheLevelOfASteadySeries() {
        assertThat(Forecasts.expectedIn(2, 0, 5)).isCloseTo(10, within(1e-9));
        assertThat(Forecasts.expectedIn(2, 0, 0)).isZero();
    }

    @Test
    void shouldDampTheSlopeStepByStep() {
        assertThat(Forecasts.rate(1, 1, 1)).isCloseTo(1.85, within(1e-9));
        assertThat(Forecasts.rate(1, 1, 2)).isCloseTo(1 + 0.85 + 0.7225, within(1e-9));
        assertThat(Forecasts.expectedIn(1, 1, 2)).isCloseTo(1.85 + 2.5725, within(1e-9));
    }

    @Test
    void shouldLevelOffInsteadOfExploding() {
        assertThat(Forecasts.rate(1, 1, 1_000_000)).isLessThan(1 + 0.85 / 0.15 + 1e-9);
    }

    @Test
    void shouldNeverExpectLessThanNothing() {
        assertThat(Forecasts.rate(1, -5, 3)).isZero();
        assertThat(Forecasts.expectedIn(1, -5, 60)).isZero();
    }

    @Test
    void shouldExpectFromTheRecordWhatTheLevelTells() {
        TrendLevel level = new TrendLevel(50, 1, 1, 0, 0, 0, 1.5, 0.4, 0);

        assertThat(Forecasts.expectedIn(record(level, TrendState.RISING), 5))
                .isCloseTo(Forecasts.expectedIn(1.5, 0.4, 5), within(1e-9));
        assertThat(level.forecast(3)).isEqualTo(Forecasts.rate(1.5, 0.4, 3));
    }

    @ParameterizedTest
    @EnumSource(
            value = TrendState.class,
            names = {"NEW", "QUIET", "UNKNOWN"})
    void shouldExpectNothingOfWhatItDoesNotKnow(TrendState state) {
        TrendLevel level = new TrendLevel(1, 9, 9, 0, 0, 0, 9, 0, 0);

        assertThat(Forecasts.expectedIn(record(level, state), 60)).isZero();
    }

    @Test
    void shouldRefuseToLookBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> Forecasts.expectedIn(1, 0, -1));
    }

    private static ErrorTrend record(TrendLevel level, TrendState state) {
        return ErrorTrend.newBuilder()
                .setGroup("g")
                .setService("shop")
                .setWindowStart(Instant.EPOCH)
                .setWindowEnd(Instant.EPOCH.plusSeconds(60))
                .setCount(1)
                .setRatePerMinute(1)
                .setSlopePerMinute(level.slope())
                .setForecastPerMinute(level.forecast())
                .setState(state)
                .setFirstSeen(Instant.EPOCH)
                .setLastSeen(Instant.EPOCH)
                .build();
    }
}
