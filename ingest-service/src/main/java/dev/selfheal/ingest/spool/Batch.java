package dev.selfheal.ingest.spool;

import java.util.List;

/**
 * The oldest entries of a spool, in order. They stay on disk until {@link Spool#release} is told.
 *
 * @param preamble what the spool that wrote them was opened with
 * @param entries never empty
 */
public record Batch(byte[] preamble, List<byte[]> entries, Cursor end) {

    /** A place in the spool. */
    record Cursor(long segment, long offset) {}

    public Batch {
        entries = List.copyOf(entries);
    }
}
