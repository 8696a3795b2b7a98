package dev.selfheal.analysis.trend.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.selfheal.analysis.trend.Poisson;
import dev.selfheal.analysis.trend.TrendDetector;
import dev.selfheal.analysis.trend.TrendLevel;
import dev.selfheal.analysis.trend.TrendScore;
import dev.selfheal.analysis.trend.TrendSettings;
import dev.selfheal.event.TrendState;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** So the two alarm falsely as often: about once in 1,440 rows of few counts, see {@code DetectionDelayTest}. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 3, 10})
    void shouldAlarmInTheSameWindowsAsAnErrorGroup(double perMinute) {
        TrendDetector detector = new TrendDetector(TrendSettings.DEFAULT);
        Random random = new Random(7);
        TrendLevel group = TrendLevel.NONE;
        for (int minute = 0; minute < 10 * 1440; minute++) {
            double count = Poisson.draw(perMinute, random);
            group = count == 0 ? detector.observeEmpty(group, 1) : detector.observe(group, count, 1);

            assertThat(series.observe(minute * 60_000L, count))
                    .isEqualTo(new Judgement(group.score(), detector.judge(group)));
        }
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
