package dev.selfheal.bench.detection;

import dev.selfheal.analysis.trend.TrendScore;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Two tables, simulated and seeded: how soon a tripling of Poisson errors is noticed at one false alarm a day, and how one
 * score threshold does on labelled series of many kinds. Rivals are tuned on other seeds than they are measured on; ours
 * runs as shipped.
 */
public final class DetectionBench {

    private static final double[] BASELINES = {0.2, 2, 20};
    private static final long TUNING_SEEDS = 0;
    private static final long FRESH_SEEDS = 1_000_000_000;
    private static final int FRESH_DAYS = 400;
    private static final int FRESH_RUNS = 1001;
    private static final int SERIES_OF_A_KIND = 20;

    private final PrintStream out;

    private DetectionBench(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) {
        DetectionBench bench = new DetectionBench(System.out);
        bench.counts();
        bench.overDispersed();
        bench.series();
    }

    private void counts() {
        line("Poisson errors a minute that triple: median minutes to an alarm, and alarms a day while nothing changes");
        line("%-10s %-16s %10s %14s %8s", "baseline", "method", "threshold", "false/day", "minutes");
        for (double baseline : BASELINES) {
            CountTrial fresh = CountTrial.poisson(baseline, FRESH_SEEDS);
            row(fresh, "selfheal", "as shipped", OurChart::new);
            for (Rival rival : Rival.all()) {
                TunedRival tuned = TunedRival.of(rival, CountTrial.poisson(baseline, TUNING_SEEDS));
                row(fresh, tuned.name(), String.format(Locale.ROOT, "%.2f", tuned.threshold()), tuned.charts());
            }
        }
    }

    private void overDispersed() {
        line("");
        line("The same with the variance three times the mean, thresholds as for Poisson");
        line("%-10s %-16s %10s %14s %8s", "baseline", "method", "threshold", "false/day", "minutes");
        for (double baseline : BASELINES) {
            CountTrial fresh = new CountTrial(baseline, 3, FRESH_SEEDS);
            row(fresh, "selfheal", "as shipped", OurChart::new);
            TunedRival ewma = TunedRival.of(Rival.all().get(0), CountTrial.poisson(baseline, TUNING_SEEDS));
            row(fresh, ewma.name(), String.format(Locale.ROOT, "%.2f", ewma.threshold()), ewma.charts());
        }
    }

    private void row(CountTrial trial, String method, String threshold, Supplier<Chart> charts) {
        double delay = trial.medianDelay(charts, FRESH_RUNS);
        String minutes = delay >= CountTrial.LONGEST_DELAY
                ? CountTrial.LONGEST_DELAY + "+"
                : String.format(Locale.ROOT, "%.1f", delay);
        double falseAlarms = trial.falseAlarmsADay(charts, FRESH_DAYS);
        line("%-10s %-16s %10s %14.2f %8s", trial.baseline(), method, threshold, falseAlarms, minutes);
    }

    private void series() {
        SeriesTrial tuning = new SeriesTrial(TUNING_SEEDS, SERIES_OF_A_KIND);
        SeriesTrial fresh = new SeriesTrial(FRESH_SEEDS, SERIES_OF_A_KIND);
        line("");
        line(
                "Labelled series, %d kinds, %d of each, one threshold for all",
                SeriesKind.values().length, SERIES_OF_A_KIND);
        line("%-20s %9s %8s %10s %8s %12s", "method", "threshold", "score", "precision", "recall", "delay, rows");
        Map<SeriesKind, Tally> ours = fresh.run(RowScorer::ours, TrendScore.ALARM);
        row("selfheal as shipped", TrendScore.ALARM, SeriesTrial.total(ours));
        for (int width : List.of(72, 288, 864)) {
            rival("z-score of " + width, () -> RowScorer.slidingZScore(width), tuning, fresh);
        }
        for (double weight : List.of(0.05, 0.2, 0.5)) {
            rival("EWMA " + weight, () -> RowScorer.ewma(weight), tuning, fresh);
        }
        line("");
        line("%-20s %8s %8s %8s %14s %12s", "selfheal by kind", "score", "hits", "of", "false alarms", "delay, rows");
        ours.forEach((kind, tally) -> line(
                "%-20s %8.1f %8d %8d %14d %12.1f",
                kind.name().toLowerCase(Locale.ROOT),
                tally.score(),
                tally.hits(),
                tally.windows(),
                tally.falseAlarms(),
                tally.meanDelay()));
    }

    private void rival(String name, Supplier<RowScorer> method, SeriesTrial tuning, SeriesTrial fresh) {
        double threshold = tuning.tune(method);
        row(name, threshold, SeriesTrial.total(fresh.run(method, threshold)));
    }

    private void row(String method, double threshold, Tally tally) {
        line(
                "%-20s %9.2f %8.1f %10.2f %8.2f %12.1f",
                method, threshold, tally.score(), tally.precision(), tally.recall(), tally.meanDelay());
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
