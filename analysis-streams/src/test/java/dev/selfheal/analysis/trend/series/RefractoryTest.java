package dev.selfheal.analysis.trend.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefractoryTest {

    private final Refractory refractory = new Refractory(10);

    @Test
    void shouldLetTheFirstPeakPassAndDampWhatIsNotClearlyHigher() {
        assertThat(refractory.damp(10)).isEqualTo(10);
        assertThat(refractory.damp(10)).isEqualTo(2);
        assertThat(refractory.damp(20)).isEqualTo(20);
    }

    @Test
    void shouldForgetThePeakEvenlyOverItsRows() {
        refractory.damp(10);
        for (int row = 1; row < 10; row++) {
            assertThat(refractory.damp(1)).isEqualTo(0.2);
        }
        assertThat(refractory.damp(5)).isEqualTo(5);
    }
}
