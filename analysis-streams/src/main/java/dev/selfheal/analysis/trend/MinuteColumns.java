package dev.selfheal.analysis.trend;

import dev.selfheal.analysis.state.BinaryReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;

/** Minutes and the errors in each, in two columns, ascending. Immutable; every change copies. */
final class MinuteColumns {

    static final MinuteColumns EMPTY = new MinuteColumns(new long[0], new long[0]);

    /** Bytes of a variable-length number of 64 bits. */
    private static final int LONGEST_NUMBER = 10;

    private final long[] minutes;
    private final long[] counts;

    /** As written last, because what does not change is written again and again; with the minute it was written after. */
    private volatile Steps written;

    private MinuteColumns(long[] minutes, long[] counts) {
        this.minutes = minutes;
        this.counts = counts;
    }

    MinuteColumns plus(long minute, long count) {
        int at = Arrays.binarySearch(minutes, minute);
        if (at >= 0) {
            long[] raised = counts.clone();
            raised[at] += count;
            return new MinuteColumns(minutes, raised);
        }
        int insertion = -at - 1;
        return new MinuteColumns(inserted(minutes, insertion, minute), inserted(counts, insertion, count));
    }

    /**
     * @param later all of it after this
     */
    MinuteColumns followedBy(MinuteColumns later) {
        if (later.size() == 0) {
            return this;
        }
        return size() == 0 ? later : new MinuteColumns(joined(minutes, later.minutes), joined(counts, later.counts));
    }

    MinuteColumns since(long minute) {
        return part(firstFrom(minute), minutes.length);
    }

    MinuteColumns between(long first, long end) {
        return part(firstFrom(first), firstFrom(end));
    }

    private MinuteColumns part(int from, int to) {
        if (from == 0 && to == minutes.length) {
            return this;
        }
        return from >= to
                ? EMPTY
                : new MinuteColumns(Arrays.copyOfRange(minutes, from, to), Arrays.copyOfRange(counts, from, to));
    }

    long at(long minute) {
        int index = Arrays.binarySearch(minutes, minute);
        return index >= 0 ? counts[index] : 0;
    }

    /** Errors from {@code first} to {@code last}, both included. */
    long sum(long first, long last) {
        long sum = 0;
        for (int i = firstFrom(first); i < minutes.length && minutes[i] <= last; i++) {
            sum += counts[i];
        }
        return sum;
    }

    int size() {
        return minutes.length;
    }

    long minute(int index) {
        return minutes[index];
    }

    long count(int index) {
        return counts[index];
    }

    /** The newest minute; there must be one. */
    long last() {
        return minutes[minutes.length - 1];
    }

    /** Each minute as the step from the one before, the first from {@code origin}, and its count. Not to be changed. */
    byte[] steps(long origin) {
        Steps known = written;
        if (known == null || known.origin() != origin) {
            known = new Steps(origin, newSteps(origin));
            written = known;
        }
        return known.bytes();
    }

    private byte[] newSteps(long origin) {
        ByteBuffer steps = ByteBuffer.allocate(2 * LONGEST_NUMBER * minutes.length);
        long before = origin;
        for (int i = 0; i < minutes.length; i++) {
            ByteUtils.writeVarlong(minutes[i] - before, steps);
            ByteUtils.writeVarlong(counts[i], steps);
            before = minutes[i];
        }
        return Arrays.copyOf(steps.array(), steps.position());
    }

    /** Their number, and then what {@link #steps} gave. */
    static MinuteColumns readFrom(BinaryReader in, long origin) {
        int size = in.readSize();
        if (size == 0) {
            return EMPTY;
        }
        long[] minutes = new long[size];
        long[] counts = new long[size];
        long before = origin;
        for (int i = 0; i < size; i++) {
            before += in.readVarlong();
            minutes[i] = before;
            counts[i] = in.readVarlong();
        }
        return new MinuteColumns(minutes, counts);
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

    private static long[] joined(long[] first, long[] second) {
        long[] result = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, result, first.length, second.length);
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MinuteColumns that
                && Arrays.equals(minutes, that.minutes)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(minutes) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(minutes) + Arrays.toString(counts);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Steps(long origin, byte[] bytes) {}
}
