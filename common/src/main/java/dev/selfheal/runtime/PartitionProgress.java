package dev.selfheal.runtime;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Which records of one assigned partition are done. Records finish in any order; the committed position is that of the
 * oldest open one, and what is finished after it is told in the position's metadata, so that a crash neither skips a record
 * nor repeats one. One instance per assignment: work that outlives a revocation reports to an instance nobody asks any more.
 *
 * <p>Thread-safe.
 */
final class PartitionProgress {

    /** Offsets handed out and not finished. Offsets may have gaps: compaction and transaction markers make some. */
    private final NavigableSet<Long> open = new TreeSet<>();

    /** Finished offsets from the position on, also those that an earlier owner of the partition finished. */
    private final NavigableSet<Long> ahead = new TreeSet<>();

    private long next = -1;

    /** Takes over what an earlier owner committed; before the first record. */
    synchronized void resume(OffsetAndMetadata committed) {
        ahead.addAll(FinishedAhead.read(committed.offset(), committed.metadata()));
    }

    /** False for a record that is done already. */
    synchronized boolean started(long offset) {
        if (offset < next) {
            throw new IllegalStateException("offset " + offset + " comes after " + (next - 1));
        }
        next = offset + 1;
        return !ahead.contains(offset) && open.add(offset);
    }

    /** What to commit together with the end of these records. */
    synchronized OffsetAndMetadata after(Collection<Long> ending) {
        NavigableSet<Long> stillOpen = new TreeSet<>(open);
        stillOpen.removeAll(ending);
        long position = stillOpen.isEmpty() ? next : stillOpen.first();
        NavigableSet<Long> finished = new TreeSet<>(ahead);
        finished.addAll(ending);
        return new OffsetAndMetadata(position, FinishedAhead.write(position, finished));
    }

    /** Remembers that the record's end is committed. */
    synchronized void finished(long offset) {
        open.remove(offset);
        ahead.add(offset);
        ahead.headSet(open.isEmpty() ? next : open.first()).clear();
    }

    /** Whether so much is finished after the oldest open record that the metadata would soon not hold it. */
    synchronized boolean isFull() {
        return !open.isEmpty() && next - open.first() >= FinishedAhead.SPAN / 2;
    }
}
