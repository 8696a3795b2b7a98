package dev.selfheal.bench.detection;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Series of every kind, and how a method does on them with one threshold for all. */
final class SeriesTrial {

    private static final double FINEST = 0.01;

    private final Map<SeriesKind, List<LabelledSeries>> series = new EnumMap<>(SeriesKind.class);

    SeriesTrial(long firstSeed, int seriesOfAKind) {
        for (SeriesKind kind : SeriesKind.values()) {
            List<LabelledSeries> ofKind = new ArrayList<>();
            for (int i = 0; i < seriesOfAKind; i++) {
                ofKind.add(kind.generate(firstSeed + i));
            }
            series.put(kind, ofKind);
        }
    }

    /** The tallies of each kind. */
    Map<SeriesKind, Tally> run(Supplier<RowScorer> method, double threshold) {
        return tallies(scores(method), threshold);
    }

    /** The threshold with the most points. */
    double tune(Supplier<RowScorer> method) {
        Map<SeriesKind, List<double[]>> scores = scores(method);
        double best = 1;
        double most = Double.NEGATIVE_INFINITY;
        for (double threshold = FINEST; threshold < 1; threshold += FINEST) {
            double points = total(tallies(scores, threshold)).points();
            if (points > most) {
                most = points;
                best = threshold;
            }
        }
        return best;
    }

    static Tally total(Map<SeriesKind, Tally> tallies) {
        return tallies.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    private Map<SeriesKind, List<double[]>> scores(Supplier<RowScorer> method) {
        Map<SeriesKind, List<double[]>> scores = new EnumMap<>(SeriesKind.class);
        series.forEach((kind, ofKind) -> scores.put(
                kind, ofKind.stream().map(one -> scores(one, method.get())).toList()));
        return scores;
    }

    private static double[] scores(LabelledSeries series, RowScorer scorer) {
        double[] scores = new double[series.rows()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = scorer.score(series.times()[row], series.values()[row]);
        }
        return scores;
    }

    private Map<SeriesKind, Tally> tallies(Map<SeriesKind, List<double[]>> scores, double threshold) {
        Map<SeriesKind, Tally> tallies = new EnumMap<>(SeriesKind.class);
        series.forEach((kind, ofKind) -> {
            Tally tally = Tally.NONE;
            for (int i = 0; i < ofKind.size(); i++) {
                tally = tally.plus(Tally.of(ofKind.get(i), scores.get(kind).get(i), threshold));
            }
            tallies.put(kind, tally);
        });
        return tallies;
    }
}
