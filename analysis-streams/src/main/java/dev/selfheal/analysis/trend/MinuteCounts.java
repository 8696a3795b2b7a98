package dev.selfheal.analysis.trend;

import dev.selfheal.analysis.state.BinaryReader;
import dev.selfheal.analysis.state.BinaryWriter;

/**
 * Errors per minute of the recent past, empty minutes left out. Immutable; minutes are since the epoch.
 *
 * <p>A busy group has a day of them and one more error every few milliseconds, so the past is kept apart from the few
 * newest minutes: to count and to write an error costs the same however long the past is.
 */
public final class MinuteCounts {

    public static final MinuteCounts EMPTY = new MinuteCounts(MinuteColumns.EMPTY, MinuteColumns.EMPTY);

    /** Newest minutes that are copied with every error before they join the past. */
    private static final int MOST_NEW = 8;

    private final MinuteColumns past;
    private final MinuteColumns newest;

    /**
     * @param newest all of them after the past
     */
    private MinuteCounts(MinuteColumns past, MinuteColumns newest) {
        this.past = past;
        this.newest = newest;
    }

    /** One more error in this minute. */
    public MinuteCounts plus(long minute) {
        return plus(minute, 1);
    }

    /** So many more errors in this minute. */
    public MinuteCounts plus(long minute, long count) {
        if (past.size() > 0 && minute <= past.last()) {
            return new MinuteCounts(past.plus(minute, count), newest);
        }
        MinuteColumns more = newest.plus(minute, count);
        return more.size() <= MOST_NEW
                ? new MinuteCounts(past, more)
                : new MinuteCounts(past.followedBy(more), MinuteColumns.EMPTY);
    }

    /** Without the minutes before this one. */
    public MinuteCounts since(long minute) {
        return new MinuteCounts(past.since(minute), newest.since(minute));
    }

    /** The minutes from {@code first} up to and without {@code end}. */
    MinuteCounts between(long first, long end) {
        return new MinuteCounts(past.between(first, end), newest.between(first, end));
    }

    /** Errors in this minute. */
    public long at(long minute) {
        return newest.at(minute) + past.at(minute);
    }

    /** Errors in the last {@code width} minutes up to and including this one. */
    public long last(long minute, int width) {
        return past.sum(minute - width + 1, minute) + newest.sum(minute - width + 1, minute);
    }

    /** How many minutes are not empty. */
    public int size() {
        return past.size() + newest.size();
    }

    /** Ascending with the index. */
    public long minute(int index) {
        return index < past.size() ? past.minute(index) : newest.minute(index - past.size());
    }

    /** Errors in the minute at the index. */
    public long count(int index) {
        return index < past.size() ? past.count(index) : newest.count(index - past.size());
    }

    /** Two to three bytes a minute. */
    void writeTo(BinaryWriter out) {
        out.writeVarint(past.size());
        out.writeBytes(past.steps(0));
        out.writeVarint(newest.size());
        out.writeBytes(newest.steps(past.size() == 0 ? 0 : past.last()));
    }

    /** What {@link #writeTo} wrote. */
    static MinuteCounts readFrom(BinaryReader in) {
        MinuteColumns past = MinuteColumns.readFrom(in, 0);
        return new MinuteCounts(past, MinuteColumns.readFrom(in, past.size() == 0 ? 0 : past.last()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MinuteCounts that && all().equals(that.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return "MinuteCounts" + all();
    }

    private MinuteColumns all() {
        return past.followedBy(newest);
    }
}
