package dev.selfheal.analysis.kpi;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Sums of figures, and of the reasons why nothing was tried. Immutable. */
public final class Tally {

    public static final Tally EMPTY = new Tally(new long[Figure.values().length], Map.of());

    private static final int MAX_REASONS = 32;
    private static final String OTHER = "other";

    private final long[] sums;
    private final Map<String, Long> reasons;

    private Tally(long[] sums, Map<String, Long> reasons) {
        this.sums = sums;
        this.reasons = reasons;
    }

    public long sum(Figure figure) {
        return sums[figure.ordinal()];
    }

    /** How often nothing was tried, by reason, in alphabetical order. */
    public Map<String, Long> reasons() {
        return new TreeMap<>(reasons);
    }

    public boolean isEmpty() {
        return equals(EMPTY);
    }

    public Tally plus(Figure figure, long amount) {
        long[] raised = sums.clone();
        raised[figure.ordinal()] += amount;
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
        long[] raised = sums.clone();
        Arrays.setAll(raised, i -> raised[i] + other.sums[i]);
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
        for (Figure figure : Figure.values()) {
            if (sum(figure) != 0) {
                action.accept(figure, sum(figure));
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally that && Arrays.equals(sums, that.sums) && reasons.equals(that.reasons);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sums) + reasons.hashCode();
    }

    @Override
    public String toString() {
        Map<Figure, Long> shown = new TreeMap<>();
        forEachFigure(shown::put);
        return "Tally" + shown + reasons;
    }
}
