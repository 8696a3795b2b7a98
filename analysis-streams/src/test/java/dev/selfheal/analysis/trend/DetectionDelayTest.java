package dev.selfheal.analysis.trend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The detector as shipped on simulated errors: minutes until it notices a tripling, and false alarms a day. The bench
 * ({@code bench/detection.sh}) sets the same figures beside other methods.
 */
class DetectionDelayTest {

    private static final int RUNS = 301;
    private static final int WARM_UP = 600;
    private static final int DAYS_A_RUN = 10;
    private static final int FIRST_SEED = 40_000;

    private final TrendDetector detector = new TrendDetector(TrendSettings.DEFAULT);

    @ParameterizedTest
    @CsvSource({"0.2, 16", "2, 3", "20, 1"})
    void shouldNoticeATriplingInTime(double baseline, int medianMinutes) {
        double[] delays = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(FIRST_SEED + run);
            TrendLevel level = warm(baseline, random);
            int minutes = 0;
            do {
                level = detector.observe(level, Poisson.draw(3 * baseline, random), 1);
                minutes++;
            } while (!level.alarming());
            delays[run] = minutes;
        }
        Arrays.sort(delays);
        assertThat(delays[RUNS / 2]).isLessThanOrEqualTo(medianMinutes);
    }

    @ParameterizedTest
    @CsvSource({"0.2", "2", "20"})
    void shouldRaiseOneFalseAlarmADayAtMost(double baseline) {
        int runs = 40;
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            Random random = new Random(2 * FIRST_SEED + run);
            TrendLevel level = warm(baseline, random);
            for (int minute = 0; minute < DAYS_A_RUN * 1440; minute++) {
                boolean before = level.alarming();
                level = detector.observe(level, Poisson.draw(baseline, random), 1);
                alarms += !before && level.alarming() ? 1 : 0;
            }
        }
        assertThat((double) alarms / (runs * DAYS_A_RUN)).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"2", "20"})
    void shouldNotScreamAtTrafficThatVariesMoreThanPoisson(double baseline) {
        int alarms = 0;
        Random random = new Random(3 * FIRST_SEED);
        TrendLevel level = TrendLevel.NONE;
        int days = 100;
        for (int minute = 0; minute < days * 1440; minute++) {
            boolean before = level.alarming();
            level = detector.observe(level, Poisson.overDispersed(baseline, 3, random), 1);
            alarms += !before && level.alarming() ? 1 : 0;
        }
        assertThat((double) alarms / days).isLessThanOrEqualTo(1.2);
    }

    private TrendLevel warm(double rate, Random random) {
        TrendLevel level = TrendLevel.NONE;
        for (int i = 0; i < WARM_UP; i++) {
            level = detector.observe(level, Poisson.draw(rate, random), 1);
        }
        return level;
    }
}
