package dev.selfheal.analysis.kpi;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Sums of figures, and of the reasons why nothing was tried. Immutable. */
public final class Tally {

    public static final Tally EMPTY = new Tally(new EnumMap<>(Figure.class), Map.of());

    private static final int MAX_REASONS = 32;
    private static final String OTHER = "other";

    /** Without those that are zero. */
    private final Map<Figure, Long> sums;

    private final Map<String, Long> reasons;

    private Tally(Map<Figure, Long> sums, Map<String, Long> reasons) {
        this.sums = sums;
        this.reasons = reasons;
    }

    public long sum(Figure figure) {
        return sums.getOrDefault(figure, 0L);
    }

    /** How often nothing was tried, by reason, in alphabetical order. */
    public Map<String, Long> reasons() {
        return new TreeMap<>(reasons);
    }

    public boolean isEmpty() {
        return equals(EMPTY);
    }

    public Tally plus(Figure figure, long amount) {
        Map<Figure, Long> raised = new EnumMap<>(Figure.class);
        raised.putAll(sums);
        add(raised, figure, amount);
        return new Tally(raised, reasons);
    }

    /** Reasons beyond the first few kinds count as one, so that nobody's words fill the store. */
    public Tally plusReason(String reason, long amount) {
        Map<String, Long> raised = new TreeMap<>(reasons);
        boolean known = raised.containsKey(reason) || raised.size() < MAX_REASONS;
        raised.merge(known ? reason : OTHER, amount, Long::sum);
        return new Tally(sums, raised);
    }

    public Tally plus(Tally other) {
        Map<Figure, Long> raised = new EnumMap<>(Figure.class);
        raised.putAll(sums);
        other.sums.forEach((figure, amount) -> add(raised, figure, amount));
        Tally sum = new Tally(raised, reasons);
        for (Map.Entry<String, Long> reason : other.reasons.entrySet()) {
            sum = sum.plusReason(reason.getKey(), reason.getValue());
        }
        return sum;
    }

    /** Cases that succeeded over those with an outcome; none without one. */
    public OptionalDouble successRate() {
        long judged = sum(Figure.SUCCEEDED) + sum(Figure.FAILED);
        return judged <= 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sum(Figure.SUCCEEDED) / judged);
    }

    /** A sum over the number of what was summed; none without any. */
    public OptionalDouble mean(Figure summed, Figure number) {
        return sum(number) == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sum(summed) / sum(number));
    }

    void forEachFigure(BiConsumer<Figure, Long> action) {
        sums.forEach(action);
    }

    private static void add(Map<Figure, Long> sums, Figure figure, long amount) {
        long sum = sums.getOrDefault(figure, 0L) + amount;
        if (sum == 0) {
            sums.remove(figure);
        } else {
            sums.put(figure, sum);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally that && sums.equals(that.sums) && reasons.equals(that.reasons);
    }

    @Override
    public int hashCode() {
        return 31 * sums.hashCode() + reasons.hashCode();
    }

    @Override
    public String toString() {
        return "Tally" + sums + reasons;
    }
}
