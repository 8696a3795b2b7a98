package dev.selfheal.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.analysis.trend.TrendScore;
import dev.selfheal.bench.detection.LabelledSeries.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the shipped detector of real values does on labelled series of all kinds, on seeds nothing was tuned on. */
class LabelledSeriesTest {

    private static final SeriesTrial FRESH = new SeriesTrial(77_000_000, 4);

    @Test
    void shouldFindMostAnomaliesOfAllKindsWithOneThreshold() {
        Tally ours = SeriesTrial.total(FRESH.run(RowScorer::ours, TrendScore.ALARM));

        assertThat(ours.recall()).isGreaterThan(0.85);
        assertThat(ours.precision()).isGreaterThan(0.55);
        assertThat(ours.score()).isGreaterThan(80);
    }

    @Test
    void shouldDoBetterThanRivalsThatAreTunedOnTheVerySeries() {
        double ours =
                SeriesTrial.total(FRESH.run(RowScorer::ours, TrendScore.ALARM)).score();

        assertThat(ours - best(() -> RowScorer.slidingZScore(288))).isGreaterThan(30);
        assertThat(ours - best(() -> RowScorer.ewma(0.2))).isGreaterThan(10);
    }

    @Test
    void shouldScoreNothingForSilenceAndAllForEveryAnomalyAtOnce() {
        LabelledSeries series = new LabelledSeries(
                "made", new long[1000], new double[1000], List.of(new Window(300, 350), new Window(700, 750)));
        double[] silent = new double[1000];
        double[] perfect = new double[1000];
        perfect[300] = 1;
        perfect[700] = 1;

        assertThat(Tally.of(series, silent, 0.5).score()).isZero();
        assertThat(Tally.of(series, perfect, 0.5).score()).isEqualTo(100);
        assertThat(Tally.of(series, perfect, 0.5).meanDelay()).isZero();
    }

    @Test
    void shouldCountTheWindowsLastRowAndNotTheNext() {
        LabelledSeries series =
                new LabelledSeries("made", new long[1000], new double[1000], List.of(new Window(300, 350)));
        double[] last = new double[1000];
        last[350] = 1;
        double[] next = new double[1000];
        next[351] = 1;

        assertThat(Tally.of(series, last, 0.5).hits()).isEqualTo(1);
        assertThat(Tally.of(series, next, 0.5).hits()).isZero();
        assertThat(Tally.of(series, next, 0.5).falseAlarms()).isEqualTo(1);
    }

    private static double best(java.util.function.Supplier<RowScorer> method) {
        return SeriesTrial.total(FRESH.run(method, FRESH.tune(method))).score();
    }
}
