package dev.selfheal.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MannKendallTest {

    @Test
    void shouldBeWhatTheDefinitionSaysInEveryWindow() {
        int width = 7;
        MannKendall test = new MannKendall(width);
        Noise noise = new Noise(3);
        double[] values = new double[60];
        for (int i = 0; i < values.length; i++) {
            values[i] = noise.poisson(2);
            double expected = i < width - 1 ? 0 : plain(values, i - width + 1, width);
            assertThat(test.statistic(values[i])).isCloseTo(expected, within(1e-9));
        }
    }

    private static double plain(double[] values, int from, int n) {
        double s = 0;
        for (int i = from; i < from + n; i++) {
            for (int j = i + 1; j < from + n; j++) {
                s += Math.signum(values[j] - values[i]);
            }
        }
        double ties = 0;
        for (int value = 0; value < 100; value++) {
            double t = 0;
            for (int i = from; i < from + n; i++) {
                t += values[i] == value ? 1 : 0;
            }
            ties += t * (t - 1) * (2 * t + 5);
        }
        double variance = (n * (n - 1.0) * (2 * n + 5) - ties) / 18;
        return variance > 0 ? s / Math.sqrt(variance) : 0;
    }
}
