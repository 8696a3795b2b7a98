package dev.selfheal.analysis.trend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The detector on simulated Poisson errors: minutes until it notices a tripling, and false alarms a day. */
class DetectionDelayTest {

    private static final int RUNS = 60;
    private static final int WARM_UP = 600;
    private static final int QUIET_MINUTES = 4 * 1440;

    private final TrendDetector detector = new TrendDetector(TrendSettings.DEFAULT);

    @ParameterizedTest
    @CsvSource({"0.2, 17", "2, 3", "20, 1"})
    void shouldNoticeATriplingInTime(double baseline, int medianMinutes) {
        double[] delays = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            TrendLevel level = run(TrendLevel.NONE, baseline, WARM_UP, random);
            int minutes = 0;
            do {
                level = detector.observe(level, poisson(3 * baseline, random), 1);
                minutes++;
            } while (!level.alarming());
            delays[run] = minutes;
        }
        Arrays.sort(delays);
        assertThat(delays[RUNS / 2]).isLessThanOrEqualTo(medianMinutes);
    }

    @ParameterizedTest
    @CsvSource({"0.2", "2", "20"})
    void shouldRaiseAboutOneFalseAlarmADayAtMost(double baseline) {
        int alarms = 0;
        for (int run = 0; run < RUNS / 3; run++) {
            Random random = new Random(run);
            TrendLevel level = run(TrendLevel.NONE, baseline, WARM_UP, random);
            for (int minute = 0; minute < QUIET_MINUTES; minute++) {
                boolean before = level.alarming();
                level = detector.observe(level, poisson(baseline, random), 1);
                alarms += !before && level.alarming() ? 1 : 0;
            }
        }
        double perDay = alarms / (RUNS / 3 * QUIET_MINUTES / 1440.0);
        assertThat(perDay).isLessThanOrEqualTo(1.2);
    }

    private TrendLevel run(TrendLevel from, double rate, int minutes, Random random) {
        TrendLevel level = from;
        for (int i = 0; i < minutes; i++) {
            level = detector.observe(level, poisson(rate, random), 1);
        }
        return level;
    }

    /** Knuth's method; fine for small means. */
    private static int poisson(double mean, Random random) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
