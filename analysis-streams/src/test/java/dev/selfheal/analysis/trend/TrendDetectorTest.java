package dev.selfheal.analysis.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.selfheal.event.TrendState;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrendDetectorTest {

    private static final TrendSettings SETTINGS = new TrendSettings(4.5, 3.0, 10, 240, 120, 15);

    private final TrendDetector detector = new TrendDetector(SETTINGS);

    @Test
    void shouldStayNewUntilBaselineIsLearned() {
        assertThat(detector.judge(steady(9, 2))).isEqualTo(TrendState.NEW);
        assertThat(detector.judge(steady(10, 2))).isEqualTo(TrendState.STEADY);
    }

    @Test
    void shouldLearnTheMeanAsBaseline() {
        TrendLevel level = TrendLevel.NONE;
        for (int i = 0; i < 50; i++) {
            level = detector.observe(level, i % 2 == 0 ? 1 : 3, 1);
        }
        assertThat(level.baseline()).isCloseTo(2, within(1e-9));
    }

    @Test
    void shouldNoticeTriplingOfABusyGroupWithinOneWindow() {
        TrendLevel tripled = detector.observe(steady(60, 20), 60, 1);

        assertThat(detector.judge(tripled)).isEqualTo(TrendState.SPIKING);
    }

    /** At baseline 2 a window of n adds n·ln 3 − 4: seven stay below the threshold of 4.5, eight pass it. */
    @Test
    void shouldAlarmExactlyAtThreshold() {
        TrendLevel steady = steady(100, 2);

        assertThat(detector.observe(steady, 7, 1).alarming()).isFalse();
        assertThat(detector.observe(steady, 8, 1).alarming()).isTrue();
    }

    @Test
    void shouldFreezeBaselineWhileAlarming() {
        TrendLevel level = steady(60, 2);
        double usual = level.baseline();
        for (int i = 0; i < 30; i++) {
            level = detector.observe(level, 40, 1);
        }
        assertThat(level.baseline()).isEqualTo(usual);
    }

    @Test
    void shouldAcceptNewLevelWhenAlarmOutlastsRelearning() {
        TrendLevel level = steady(60, 2);
        for (int i = 0; i < SETTINGS.relearnWindows(); i++) {
            level = detector.observe(level, 40, 1);
        }
        assertThat(level.alarming()).isTrue();

        TrendLevel accepted = detector.observe(level, 40, 1);
        assertThat(accepted.alarming()).isFalse();
        assertThat(accepted.baseline()).isCloseTo(40, within(2.0));
        assertThat(detector.judge(accepted)).isNotEqualTo(TrendState.SPIKING);
    }

    @Test
    void shouldEndAlarmWhenRateIsUsualAgain() {
        TrendLevel level = detector.observe(steady(60, 20), 80, 1);
        assertThat(level.alarming()).isTrue();

        assertThat(detector.observe(level, 20, 1).alarming()).isFalse();
    }

    @Test
    void shouldNotAlarmOnOneErrorOfASilentGroup() {
        TrendLevel silent = detector.observeEmpty(TrendLevel.NONE, 500);

        assertThat(detector.observe(silent, 1, 1).alarming()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 480, 5_000})
    void shouldNeitherRiseNorFallForASingleErrorAfterASilence(int minutes) {
        TrendLevel level = detector.observeEmpty(detector.observe(TrendLevel.NONE, 1, 1), minutes);
        level = detector.observe(level, 1, 1);
        assertThat(detector.judge(level)).isEqualTo(TrendState.STEADY);
        for (int minute = 0; minute < SETTINGS.quietWindows() - 1; minute++) {
            level = detector.observe(level, 0, 1);
            assertThat(detector.judge(level)).as("minute %s", minute).isEqualTo(TrendState.STEADY);
        }
    }

    @Test
    void shouldRiseWhenASecondErrorFollowsASilence() {
        TrendLevel level = detector.observeEmpty(detector.observe(TrendLevel.NONE, 1, 1), 480);
        level = detector.observe(detector.observe(level, 1, 1), 1, 1);

        assertThat(detector.judge(level)).isEqualTo(TrendState.RISING);
    }

    @Test
    void shouldRiseBeforeItSpikes() {
        TrendLevel level = steady(60, 10);
        for (int i = 1; i <= 8; i++) {
            level = detector.observe(level, 10 + i, 1);
        }
        assertThat(level.alarming()).isFalse();
        assertThat(level.slope()).isPositive();
        assertThat(level.forecast()).isGreaterThan(level.level());
    }

    @Test
    void shouldFallWhenARaisedRateRecedes() {
        TrendLevel level = steady(60, 20);
        for (int i = 0; i < 6; i++) {
            level = detector.observe(level, 80, 1);
        }
        for (int i = 0; i < 3; i++) {
            level = detector.observe(level, 10, 1);
        }
        while (level.alarming()) {
            level = detector.observe(level, 10, 1);
        }
        assertThat(level.slope()).isNegative();
        assertThat(detector.judge(level)).isIn(TrendState.FALLING, TrendState.STEADY);
    }

    @Test
    void shouldBeQuietAfterExactlyTheQuietWindows() {
        TrendLevel level = steady(60, 2);

        assertThat(detector.judge(detector.observeEmpty(level, 14))).isNotEqualTo(TrendState.QUIET);
        assertThat(detector.judge(detector.observeEmpty(level, 15))).isEqualTo(TrendState.QUIET);
    }

    @Test
    void shouldJumpOverALongGapAsIfItHadWalked() {
        TrendLevel walked = steady(60, 2);
        for (int i = 0; i < 2000; i++) {
            walked = detector.observe(walked, 0, 1);
        }
        TrendLevel jumped = detector.observeEmpty(steady(60, 2), 2000);

        assertThat(jumped.baseline()).isCloseTo(walked.baseline(), within(1e-6));
        assertThat(jumped.level()).isCloseTo(walked.level(), within(1e-6));
        assertThat(jumped.cusum()).isEqualTo(walked.cusum());
    }

    @Test
    void shouldNeverForecastLessThanNothing() {
        TrendLevel level = steady(20, 50);
        level = detector.observeEmpty(level, 5);

        assertThat(level.forecast()).isNotNegative();
    }

    @Test
    void shouldTakeExposureIntoAccount() {
        TrendLevel hour = detector.observe(TrendLevel.NONE, 120, 60);

        assertThat(hour.baseline()).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhatIsNoWindow() {
        assertThatIllegalArgumentException().isThrownBy(() -> detector.observe(TrendLevel.NONE, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> detector.observe(TrendLevel.NONE, Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> detector.observe(TrendLevel.NONE, 1, 0));
    }

    @Test
    void shouldScoreOneHalfExactlyWhereTheAlarmBegins() {
        assertThat(TrendScore.of(4.5, 4.5)).isEqualTo(TrendScore.ALARM);
        assertThat(TrendScore.of(0, 4.5)).isZero();
        assertThat(TrendScore.of(Math.nextDown(4.5), 4.5)).isLessThanOrEqualTo(TrendScore.ALARM);
        assertThat(TrendScore.of(9, 4.5)).isCloseTo(0.75, within(1e-12));

        TrendLevel steady = steady(100, 2);
        assertThat(detector.observe(steady, 7, 1).score()).isBetween(0.3, Math.nextDown(TrendScore.ALARM));
        assertThat(detector.observe(steady, 8, 1).score()).isBetween(TrendScore.ALARM, 0.6);
        assertThat(detector.observe(steady, 80, 1).score()).isGreaterThan(0.99);
    }

    @Test
    void shouldScoreNothingWhileLearning() {
        assertThat(detector.observe(steady(9, 2), 100, 1).score()).isZero();
        assertThat(detector.observe(steady(10, 2), 100, 1).score()).isGreaterThan(TrendScore.ALARM);
    }

    @Test
    void shouldAskForMoreWhileTheBaselineIsUncertain() {
        double early = detector.observe(steady(10, 2), 8, 1).cusum();
        double later = detector.observe(steady(200, 2), 8, 1).cusum();

        assertThat(early).isPositive().isLessThan(later);
    }

    @Test
    void shouldLearnHowMuchTrafficVaries() {
        Random random = new Random(11);
        TrendLevel level = TrendLevel.NONE;
        for (int i = 0; i < 5000; i++) {
            level = detector.observe(level, Poisson.overDispersed(20, 6, random), 1);
        }
        assertThat(level.dispersion()).isBetween(4.0, 8.0);
    }

    @Test
    void shouldTakePoissonForWhatItIs() {
        Random random = new Random(12);
        TrendLevel level = TrendLevel.NONE;
        double most = 1;
        for (int i = 0; i < 5000; i++) {
            level = detector.observe(level, Poisson.draw(2, random), 1);
            most = Math.max(most, level.windows() < 100 ? 1 : level.dispersion());
        }
        assertThat(most).isLessThan(1.5);
    }

    @ParameterizedTest
    @CsvSource({"9, NEW", "10, STEADY"})
    void shouldBeNewUntilTheLearningWindows(int windows, TrendState state) {
        assertThat(detector.judge(new TrendLevel(windows, 4, 4, 0, 0, 0, 4, 0, 0)))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"0, STEADY", "1, SPIKING"})
    void shouldSpikeFromTheFirstAlarmingWindow(int alarmWindows, TrendState state) {
        assertThat(detector.judge(new TrendLevel(50, 4, 4, 0, 0, alarmWindows, 4, 0, 0)))
                .isEqualTo(state);
    }

    /** At baseline 4 the margin is 3: half of the baseline and its standard deviation. */
    @ParameterizedTest
    @CsvSource({"7, STEADY", "7.001, RISING"})
    void shouldRiseWhenTheForecastPassesTheMargin(double forecast, TrendState state) {
        double slope = 1;
        double level = forecast - Forecasts.DAMPING * slope;

        assertThat(detector.judge(new TrendLevel(50, 4, 4, 0, 0, 0, level, slope, 0)))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"7, -0.1, STEADY", "7.001, -0.1, FALLING", "7.001, 0, STEADY", "1, -0.1, STEADY", "0.999, -0.1, FALLING"
    })
    void shouldFallWhenTheLevelRecedesBeyondTheMargin(double level, double slope, TrendState state) {
        assertThat(detector.judge(new TrendLevel(50, 4, 4, 0, 0, 0, level, slope, 0)))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"14, SPIKING", "15, QUIET"})
    void shouldBeQuietWhateverElseWhenTheQuietWindowsAreFull(int emptyRun, TrendState state) {
        assertThat(detector.judge(new TrendLevel(50, 4, 4, 9, 0.9, 3, 4, 0, emptyRun)))
                .isEqualTo(state);
    }

    /** Whatever comes, the memory stays within its bounds and one window decides the same twice. */
    @Test
    void shouldKeepItsBoundsOnAnySeries() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            TrendLevel level = TrendLevel.NONE;
            for (int i = 0; i < 400; i++) {
                double count = random.nextInt(10) == 0 ? random.nextInt(1_000_000) : random.nextInt(4);
                TrendLevel next = detector.observe(level, count, 1);
                assertThat(next).isEqualTo(detector.observe(level, count, 1));
                assertThat(next.score()).isBetween(0.0, 1.0);
                assertThat(next.cusum()).isBetween(0.0, 2 * SETTINGS.alarmThreshold());
                assertThat(next.dispersion()).isGreaterThanOrEqualTo(1).isFinite();
                assertThat(next.baseline()).isNotNegative().isFinite();
                assertThat(next.alarmWindows()).isBetween(0, SETTINGS.relearnWindows());
                assertThat(detector.judge(next)).isNotEqualTo(TrendState.UNKNOWN);
                level = next;
            }
        }
    }

    private TrendLevel steady(int windows, double rate) {
        TrendLevel level = TrendLevel.NONE;
        for (int i = 0; i < windows; i++) {
            level = detector.observe(level, rate, 1);
        }
        return level;
    }
}
