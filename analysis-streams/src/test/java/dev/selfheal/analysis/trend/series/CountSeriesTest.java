package dev.selfheal.analysis.trend.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.selfheal.analysis.trend.TrendScore;
import dev.selfheal.analysis.trend.TrendSettings;
import dev.selfheal.event.TrendState;
import org.junit.jupiter.api.Test;

class CountSeriesTest {

    private final CountSeries series = new CountSeries(TrendSettings.DEFAULT);

    @Test
    void shouldJudgeAsErrorGroupsAreJudged() {
        for (int row = 0; row < 100; row++) {
            assertThat(series.observe(row, 2).score()).isLessThan(TrendScore.ALARM);
        }
        Judgement spike = series.observe(100, 30);

        assertThat(spike.state()).isEqualTo(TrendState.SPIKING);
        assertThat(spike.score()).isGreaterThan(TrendScore.ALARM);
    }

    @Test
    void shouldTakeMissingCountsForNothing() {
        series.observe(0, 2);

        assertThat(series.observe(1, Double.NaN)).isEqualTo(new Judgement(0, TrendState.NEW));
    }

    @Test
    void shouldRefuseWhatIsNoCount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> series.observe(0, -1))
                .withMessage("-1.0 is no count: counts are not negative");
    }
}
