package dev.selfheal.ingest.spool;

import dev.selfheal.ingest.spool.Batch.Cursor;
import dev.selfheal.ingest.spool.Frames.Range;
import dev.selfheal.ingest.spool.Frames.Scan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads entries back and moves aside what is none. Used by one thread. */
final class SpoolReader {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);
    private static final int READ_BYTES = 1 << 20;

    private final SpoolFolder folder;
    private final SpoolListener listener;

    SpoolReader(SpoolFolder folder, SpoolListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** Some of the entries between the offsets, from the first on; without any when there is only damage. */
    Batch read(Segment segment, long from, long end) throws IOException {
        long length = Math.min(READ_BYTES, end - from);
        while (true) {
            byte[] bytes = segment.read(from, Math.toIntExact(length));
            boolean isEnd = from + length == end;
            Scan scan = Frames.scan(bytes, isEnd);
            if (scan.consumed() > 0 || isEnd) {
                report(segment, from, bytes, scan);
                Cursor next = new Cursor(segment.number(), from + scan.consumed());
                return new Batch(segment.header().preamble(), scan.payloads(), next);
            }
            // An entry larger than what was read, or damage whose end is not in sight yet.
            length = Math.min(length * 4, end - from);
        }
    }

    void setAside(Batch batch, int index, Instant now) throws IOException {
        byte[] entry = batch.entries().get(index);
        ByteBuffer header = new SegmentHeader(now, batch.preamble()).encode();
        int headerBytes = header.remaining();
        ByteBuffer segment = ByteBuffer.allocate(header.remaining() + Frames.HEADER_BYTES + entry.length)
                .put(header)
                .put(Frames.header(entry))
                .put(entry)
                .flip();
        Path target = folder.quarantineFile(
                folder.segment(batch.end().segment()), batch.end().offset() + "-" + index);
        // The header has the time in it, which tells nothing about whether the entry is kept.
        folder.quarantine(target, segment, headerBytes).ifPresent(kept -> listener.quarantined(kept, entry.length));
    }

    private void report(Segment segment, long from, byte[] bytes, Scan scan) throws IOException {
        for (Range range : scan.damaged()) {
            Path target = folder.quarantineFile(segment.path(), Long.toString(from + range.from()));
            Optional<Path> kept = folder.quarantine(target, ByteBuffer.wrap(bytes, range.from(), range.length()), 0);
            if (kept.isPresent()) {
                LOG.error(
                        "{} bytes of {} from byte {} on are damaged; they are kept as {}, and what follows them is read",
                        range.length(),
                        segment.path(),
                        from + range.from(),
                        kept.get());
                listener.quarantined(kept.get(), range.length());
            }
        }
        if (scan.torn() > 0) {
            LOG.info(
                    "{} ends in {} bytes of a write that was cut short; no sender was told that it is stored",
                    segment.path(),
                    scan.torn());
        }
    }
}
