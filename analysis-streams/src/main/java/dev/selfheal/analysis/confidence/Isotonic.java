package dev.selfheal.analysis.confidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955): the share of right outcomes as a function of the
 * score that never falls. Each pool's share is smoothed by Laplace's rule of succession, so none is 0 or 1 however few
 * outcomes it rests on; pools are merged by the smoothed share.
 */
final class Isotonic {

    private Isotonic() {}

    /**
     * @param score ascending from point to point
     * @param probability above 0, below 1, never falling from point to point
     */
    record Point(double score, double probability) {}

    /** Outcomes with neighbouring scores that share one probability. */
    private record Pool(double from, double to, int right, int total) {

        Pool and(Pool next) {
            return new Pool(from, next.to, right + next.right, total + next.total);
        }

        double share() {
            return (right + 1.0) / (total + 2.0);
        }
    }

    /** At most two points per pool: its lowest and its highest score. Empty for no outcomes. */
    static List<Point> fit(List<CaseOutcome> outcomes) {
        Deque<Pool> pools = new ArrayDeque<>();
        for (Pool next : byScore(outcomes)) {
            Pool pooled = next;
            while (!pools.isEmpty() && pools.getLast().share() >= pooled.share()) {
                pooled = pools.removeLast().and(pooled);
            }
            pools.addLast(pooled);
        }
        List<Point> points = new ArrayList<>();
        for (Iterator<Pool> each = pools.iterator(); each.hasNext(); ) {
            Pool pool = each.next();
            points.add(new Point(pool.from(), pool.share()));
            if (pool.to() > pool.from()) {
                points.add(new Point(pool.to(), pool.share()));
            }
        }
        return points;
    }

    private static Iterable<Pool> byScore(List<CaseOutcome> outcomes) {
        Map<Double, Pool> pools = new TreeMap<>();
        for (CaseOutcome outcome : outcomes) {
            double score = outcome.rawConfidence();
            pools.merge(score, new Pool(score, score, outcome.isRight() ? 1 : 0, 1), Pool::and);
        }
        return pools.values();
    }
}
