package dev.selfheal.ingest.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments of a spool from the oldest to the one being written. Guarded by the spool's lock. */
final class Segments {

    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

    private final SpoolFolder folder;
    private final SpoolListener listener;
    private final Deque<Segment> all = new ArrayDeque<>();
    private Optional<Segment> active = Optional.empty();
    private long nextNumber;
    /** Of all of them, kept while they change: each append asks. */
    private long bytes;

    Segments(SpoolFolder folder, SpoolListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** Takes over what an earlier process left. A file without a whole header is moved aside, unless it never had one. */
    void recover() throws IOException {
        nextNumber = folder.nextNumber();
        for (long number : folder.segments()) {
            Path path = folder.segment(number);
            Optional<SegmentHeader> header = header(path);
            if (header.isPresent()) {
                Segment segment = Segment.sealed(path, number, header.get());
                all.add(segment);
                bytes += segment.end();
            } else {
                setAside(path);
            }
        }
    }

    private static Optional<SegmentHeader> header(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return SegmentHeader.decode(ByteBuffer.wrap(in.readNBytes(SegmentHeader.LARGEST_BYTES)));
        }
    }

    private void setAside(Path path) throws IOException {
        long size = Files.size(path);
        if (size == 0) {
            Files.delete(path);
            return;
        }
        Path quarantined = folder.quarantine(path);
        LOG.error("{} does not begin as a spool's segment; it is kept as {}", path, quarantined);
        listener.quarantined(quarantined, size);
    }

    Optional<Segment> oldest() {
        return Optional.ofNullable(all.peekFirst());
    }

    Optional<Segment> active() {
        return active;
    }

    /**
     * A new segment to write to.
     *
     * @throws IOException when the disk does not take it; everything is as it was then
     */
    Segment begin(SegmentHeader header) throws IOException {
        long number = nextNumber++; // not again, whatever is left of it
        Segment segment = Segment.create(folder.segment(number), number, header);
        try {
            folder.force();
        } catch (IOException e) {
            discard(segment, e);
            throw e;
        }
        all.addLast(segment);
        bytes += segment.end();
        active = Optional.of(segment);
        return segment;
    }

    /** A file that may be gone after a loss of power must not take entries. */
    private static void discard(Segment segment, IOException cause) {
        try {
            segment.delete();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** What is written to the segment up to there is durable. */
    void moveEnd(Segment segment, long durable) {
        bytes += durable - segment.end();
        segment.end(durable);
    }

    /** Nothing more is written to the active one. */
    void seal() {
        active = Optional.empty();
    }

    void deleteOldest() throws IOException {
        Segment oldest = all.removeFirst();
        bytes -= oldest.end();
        if (active.filter(oldest::equals).isPresent()) {
            active = Optional.empty();
        }
        oldest.delete();
    }

    long bytes() {
        return bytes;
    }

    Duration age(Instant now) {
        return oldest().map(segment -> Duration.between(segment.header().begun(), now))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    void close() throws IOException {
        for (Segment segment : all) {
            segment.close();
        }
    }
}
