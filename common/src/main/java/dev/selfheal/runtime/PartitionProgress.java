package dev.selfheal.runtime;

import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Which records of one assigned partition are done. Records finish in any order; only a contiguous run from the start
 * may be committed, so that a crash repeats work and never skips any. One instance per assignment: work that outlives a
 * revocation reports to an instance nobody asks any more.
 *
 * <p>{@link #finished} may be called from any thread, the rest from the polling thread.
 */
final class PartitionProgress {

    /** Offsets handed out and not finished. Offsets may have gaps: compaction and transaction markers make some. */
    private final ConcurrentSkipListSet<Long> open = new ConcurrentSkipListSet<>();

    private long next = -1;
    private long committed = -1;

    void started(long offset) {
        if (offset < next) {
            throw new IllegalStateException("offset " + offset + " comes after " + (next - 1));
        }
        if (next < 0) {
            committed = offset; // where the group stood, or was reset to: nothing to tell the broker
        }
        open.add(offset);
        next = offset + 1;
    }

    void finished(long offset) {
        open.remove(offset);
    }

    /** The position to commit when it has moved since {@link #committed}; everything before it is finished. */
    OptionalLong committable() {
        // The only writer of `next` is this thread, so an empty set means that all up to it are finished.
        Long oldest = open.ceiling(0L);
        long position = oldest == null ? next : oldest;
        return position > committed ? OptionalLong.of(position) : OptionalLong.empty();
    }

    /** Remembers that everything before the position is committed. */
    void committed(long position) {
        committed = Math.max(committed, position);
    }
}
