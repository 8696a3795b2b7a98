package dev.selfheal.runtime;

import java.util.Base64;
import java.util.BitSet;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata of a committed position: which records after it are done too. A bit for each offset from the position on, so
 * that whoever takes the partition over does none of them again.
 */
final class FinishedAhead {

    /**
     * Offsets after the position that can be told: {@value} bits are 2,732 characters beside the layout, and a broker allows 4,096
     * ({@code offset.metadata.max.bytes}).
     */
    static final int SPAN = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(FinishedAhead.class);
    private static final String LAYOUT = "ahead1:%d:";

    private FinishedAhead() {}

    /** Leaves out what lies {@link #SPAN} or more after the position: a crash would repeat it. */
    static String write(long position, SortedSet<Long> finished) {
        BitSet bits = new BitSet();
        finished.subSet(position, position + SPAN).forEach(offset -> bits.set((int) (offset - position)));
        return bits.isEmpty()
                ? ""
                : LAYOUT.formatted(position) + Base64.getEncoder().encodeToString(bits.toByteArray());
    }

    /**
     * Empty for metadata that is not ours, as a tool that resets offsets leaves it, or that belongs to another position, as one
     * that translates offsets to another cluster carries it along: everything is to be done then.
     */
    static NavigableSet<Long> read(long position, String metadata) {
        NavigableSet<Long> finished = new TreeSet<>();
        String ours = LAYOUT.formatted(position);
        if (!metadata.startsWith(ours)) {
            return finished;
        }
        try {
            byte[] bits = Base64.getDecoder().decode(metadata.substring(ours.length()));
            BitSet.valueOf(bits).stream().forEach(bit -> finished.add(position + bit));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "the metadata at position {} cannot be read, what is after it is done again: {}",
                    position,
                    e.toString());
        }
        return finished;
    }

    /**
     * Whether a group that stands there has done the record.
     *
     * @param committed null for a group that never committed
     */
    static boolean covers(OffsetAndMetadata committed, long offset) {
        return committed != null
                && (offset < committed.offset()
                        || read(committed.offset(), committed.metadata()).contains(offset));
    }
}
