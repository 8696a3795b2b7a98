package dev.selfheal.analysis.trend;

import java.util.Arrays;

/** Errors per minute of the recent past, empty minutes left out. Immutable; minutes are since the epoch. */
public final class MinuteCounts {

    public static final MinuteCounts EMPTY = new MinuteCounts(new long[0], new long[0]);

    private final long[] minutes;
    private final long[] counts;

    /** Takes the arrays as they are: minutes ascending, as many counts. */
    MinuteCounts(long[] minutes, long[] counts) {
        this.minutes = minutes;
        this.counts = counts;
    }

    /** One more error in this minute. */
    public MinuteCounts plus(long minute) {
        return plus(minute, 1);
    }

    /** So many more errors in this minute. */
    public MinuteCounts plus(long minute, long count) {
        int at = Arrays.binarySearch(minutes, minute);
        if (at >= 0) {
            long[] raised = counts.clone();
            raised[at] += count;
            return new MinuteCounts(minutes, raised);
        }
        int insertion = -at - 1;
        return new MinuteCounts(inserted(minutes, insertion, minute), inserted(counts, insertion, count));
    }

    /** Without the minutes before this one. */
    public MinuteCounts since(long minute) {
        int first = firstFrom(minute);
        return first == 0
                ? this
                : new MinuteCounts(
                        Arrays.copyOfRange(minutes, first, minutes.length),
                        Arrays.copyOfRange(counts, first, counts.length));
    }

    /** The minutes from {@code first} up to and without {@code end}. */
    MinuteCounts between(long first, long end) {
        return new MinuteCounts(
                Arrays.copyOfRange(minutes, firstFrom(first), firstFrom(end)),
                Arrays.copyOfRange(counts, firstFrom(first), firstFrom(end)));
    }

    /** Errors in this minute. */
    public long at(long minute) {
        int index = Arrays.binarySearch(minutes, minute);
        return index >= 0 ? counts[index] : 0;
    }

    /** Errors in the last {@code width} minutes up to and including this one. */
    public long last(long minute, int width) {
        long sum = 0;
        for (int i = firstFrom(minute - width + 1); i < minutes.length && minutes[i] <= minute; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** How many minutes are not empty. */
    public int size() {
        return minutes.length;
    }

    /** Ascending with the index. */
    public long minute(int index) {
        return minutes[index];
    }

    /** Errors in the minute at the index. */
    public long count(int index) {
        return counts[index];
    }

    private int firstFrom(long minute) {
        int at = Arrays.binarySearch(minutes, minute);
        return at >= 0 ? at : -at - 1;
    }

    private static long[] inserted(long[] values, int at, long value) {
        long[] result = new long[values.length + 1];
        System.arraycopy(values, 0, result, 0, at);
        result[at] = value;
        System.arraycopy(values, at, result, at + 1, values.length - at);
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MinuteCounts that
                && Arrays.equals(minutes, that.minutes)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(minutes) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "MinuteCounts" + Arrays.toString(minutes) + Arrays.toString(counts);
    }
}
