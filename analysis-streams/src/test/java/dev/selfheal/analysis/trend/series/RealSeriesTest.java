package dev.selfheal.analysis.trend.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.selfheal.analysis.trend.TrendScore;
import dev.selfheal.event.TrendState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealSeriesTest {

    private static final long FIVE_MINUTES = Duration.ofMinutes(5).toMillis();
    private static final int ROWS = 3000;
    private static final int ODD = 2000;

    private final Random random = new Random(7);

    @Test
    void shouldAlarmAtASpikeAndNowhereElse() {
        assertThat(alarms(row -> noise() + (row == ODD ? 15 : 0))).containsExactly(ODD);
    }

    @Test
    void shouldAlarmAtADrop() {
        assertThat(alarms(row -> noise() - (row == ODD ? 15 : 0))).containsExactly(ODD);
    }

    @Test
    void shouldAlarmOnceWhenTheLevelShiftsForGood() {
        List<Integer> alarms = alarms(row -> noise() + (row >= ODD ? 6 : 0));

        assertThat(alarms).hasSize(1);
        assertThat(alarms.get(0)).isBetween(ODD, ODD + 10);
    }

    @Test
    void shouldAlarmWhenADailyPeakIsMissing() {
        List<Integer> alarms = alarms(row -> {
            boolean peak = row % 288 >= 100 && row % 288 < 150;
            boolean missing = row / 288 == 8;
            return noise() + (peak && !missing ? 30 : 0);
        });
        List<Integer> late = alarms.stream().filter(row -> row > 288 * 7).toList();
        assertThat(late.get(0) / 288).isEqualTo(8);
        assertThat(late).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void shouldAlarmWhenASensorIsStuck() {
        List<Integer> alarms = alarms(row -> row >= ODD && row < ODD + 100 ? 0.5 : noise());

        assertThat(alarms).isNotEmpty().allMatch(row -> row >= ODD && row < ODD + 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000})
    void shouldAlarmOnceUntilAStuckSensorMoves(int rows) {
        assertThat(alarms(row -> row >= ODD && row < ODD + rows ? 0.5 : noise()).stream()
                        .filter(row -> row < ODD + rows))
                .hasSize(1);
    }

    @Test
    void shouldNotAlarmAtASeriesThatIsMostlyFlatAndStepsEachDay() {
        assertThat(alarms(row -> row % 288 < 100 ? 5 : 0).stream().filter(row -> row > 288 * 7))
                .isEmpty();
    }

    @Test
    void shouldNotAlarmAtAConstant() {
        assertThat(alarms(row -> 42.1)).isEmpty();
    }

    @Test
    void shouldAlarmWhenAConstantChanges() {
        assertThat(alarms(row -> row == ODD ? 43 : 42.1)).containsExactly(ODD);
    }

    @Test
    void shouldScoreNothingWhileLearningAndOneRowLaterScore() {
        RealSettings settings = RealSettings.DEFAULT;
        RealSeries last = learned(settings.learningRows() - 1);
        assertThat(last.observe(0, 1e6)).isEqualTo(new Judgement(0, TrendState.NEW));

        RealSeries first = learned(settings.learningRows());
        assertThat(first.observe(0, 1e6).score()).isGreaterThan(TrendScore.ALARM);
    }

    /** Neither unit nor zero point matter. */
    @ParameterizedTest
    @CsvSource({"1e9, 0", "1e-9, 0", "-1, 0", "1, -1000", "1000, 1e6"})
    void shouldScoreTheSameInAnyUnit(double scale, double offset) {
        RealSeries series = new RealSeries(RealSettings.DEFAULT);
        RealSeries scaled = new RealSeries(RealSettings.DEFAULT);
        for (int row = 0; row < ROWS; row++) {
            double value = noise() + (row % 700 == 650 ? 20 : 0);
            double score = series.observe(at(row), value).score();
            double scaledScore = scaled.observe(at(row), value * scale + offset).score();
            assertThat(scaledScore).isCloseTo(score, org.assertj.core.api.Assertions.within(1e-3));
        }
    }

    @Test
    void shouldTakeMissingValuesForNothing() {
        RealSeries whole = new RealSeries(RealSettings.DEFAULT);
        RealSeries holes = new RealSeries(RealSettings.DEFAULT);
        for (int row = 0; row < ROWS; row++) {
            double value = noise();
            if (row % 5 == 0) {
                assertThat(holes.observe(at(row), Double.NaN).score()).isZero();
            }
            assertThat(holes.observe(at(row), value)).isEqualTo(whole.observe(at(row), value));
        }
    }

    @Test
    void shouldBeQuietAfterExactlyTheQuietRows() {
        RealSeries series = learned(ROWS);
        TrendState state = TrendState.UNKNOWN;
        for (int row = 1; row < RealSettings.DEFAULT.quietRows(); row++) {
            state = series.observe(at(ROWS + row), Double.NaN).state();
        }
        assertThat(state).isNotEqualTo(TrendState.QUIET);
        assertThat(series.observe(0, Double.POSITIVE_INFINITY).state()).isEqualTo(TrendState.QUIET);
        assertThat(series.observe(0, 0).state()).isNotEqualTo(TrendState.QUIET);
    }

    @Test
    void shouldSayWhetherItStandsHighOrLow() {
        assertThat(stateAfter(RealSettings.DEFAULT.refractoryRows() + 2, 5)).isEqualTo(TrendState.RISING);
        assertThat(stateAfter(RealSettings.DEFAULT.refractoryRows() + 2, -5)).isEqualTo(TrendState.FALLING);
        assertThat(stateAfter(0, 0)).isEqualTo(TrendState.STEADY);
    }

    /** Times may repeat, go back, jump and be absurd; values may be as large as they get. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldKeepItsBoundsOnAnythingAndDecideTheSameTwice(long seed) {
        Random any = new Random(seed);
        RealSeries first = new RealSeries(RealSettings.DEFAULT);
        RealSeries second = new RealSeries(RealSettings.DEFAULT);
        for (int row = 0; row < 2000; row++) {
            long at = any.nextInt(3) == 0 ? any.nextLong() : row;
            double value = switch (any.nextInt(6)) {
                case 0 -> Double.longBitsToDouble(any.nextLong());
                case 1 -> any.nextBoolean() ? Double.MAX_VALUE : -Double.MAX_VALUE;
                case 2 -> 0;
                default -> any.nextGaussian();
            };
            Judgement judgement = first.observe(at, value);
            assertThat(judgement.score()).isBetween(0.0, 1.0);
            assertThat(second.observe(at, value)).isEqualTo(judgement);
        }
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RealSettings(0, 1, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RealSettings(1, 0, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RealSettings(1, 1, 0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RealSettings(1, 1, 1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RealSettings(1, 1, 1, 1, 0));
        assertThat(new RealSettings(1, 1, 1, 1, 1).quietRows()).isEqualTo(1);
    }

    /** So far from the usual level for long enough that no alarm is left. */
    private TrendState stateAfter(int rows, double step) {
        RealSeries series = learned(ROWS);
        TrendState state = series.observe(at(ROWS), 0).state();
        for (int row = 1; row <= rows; row++) {
            state = series.observe(at(ROWS + row), noise() + step).state();
        }
        return state;
    }

    private RealSeries learned(int rows) {
        RealSeries series = new RealSeries(RealSettings.DEFAULT);
        for (int row = 0; row < rows; row++) {
            series.observe(at(row), noise());
        }
        return series;
    }

    /** Rows at which an alarm begins. */
    private static List<Integer> alarms(IntToDoubleFunction values) {
        RealSeries series = new RealSeries(RealSettings.DEFAULT);
        List<Integer> alarms = new ArrayList<>();
        boolean before = false;
        for (int row = 0; row < ROWS; row++) {
            boolean alarming =
                    series.observe(at(row), values.applyAsDouble(row)).score() >= TrendScore.ALARM;
            if (alarming && !before) {
                alarms.add(row);
            }
            before = alarming;
        }
        return alarms;
    }

    private double noise() {
        return random.nextGaussian();
    }

    private static long at(int row) {
        return row * FIVE_MINUTES;
    }
}
