package dev.selfheal.ingest.spool;

import dev.selfheal.ingest.spool.Batch.Cursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Entries on disk, first in, first out. An entry whose {@link #append} has completed survives kill -9 and a loss of power;
 * one that was released may be read once more after a crash, because what was released is only forgotten by whole segments.
 * Appending is thread-safe; reading and releasing belong to one thread. Never interrupt a thread that is inside: it would
 * close the file.
 */
public final class Spool implements AutoCloseable {

    /** So long a failed write speaks against the disk: only a new one can tell that it takes entries again. */
    static final Duration FAILURE_HOLDS = Duration.ofSeconds(30);

    private final SpoolSettings settings;
    private final byte[] preamble;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final SpoolFolder folder;
    private final Segments segments;
    private final SpoolReader reader;
    private final GroupCommit writer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    /** Bytes accepted and not yet part of a segment; counted against the bound as those on the disk are. */
    private long onTheirWay;
    /** What the last entry that came would take; nothing is known of the next. */
    private long lastBytes = Frames.HEADER_BYTES;
    /** Of the last write, when it failed. */
    private Optional<Failure> failure = Optional.empty();
    /** Where the oldest entry that is not released begins. */
    private Cursor head = new Cursor(-1, 0);

    private boolean open;

    /**
     * Touches no file yet.
     *
     * @param preamble written to each new segment and returned with its entries
     */
    public Spool(SpoolSettings settings, byte[] preamble, SpoolListener listener, Clock clock) {
        this(settings, preamble, listener, clock, System::nanoTime);
    }

    Spool(SpoolSettings settings, byte[] preamble, SpoolListener listener, Clock clock, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.settings = settings;
        this.preamble = preamble.clone();
        this.clock = clock;
        this.folder = new SpoolFolder(settings.folder());
        this.segments = new Segments(folder, listener);
        this.reader = new SpoolReader(folder, listener);
        this.writer = new GroupCommit(this::write);
    }

    /**
     * Takes the folder, and over what an earlier process left in it. To be called once, before anything else.
     *
     * @throws IllegalStateException when another process holds the folder
     * @throws UncheckedIOException when the folder cannot be read or written
     */
    public void open() {
        lock.lock();
        try {
            folder.hold();
            segments.recover();
            writer.start();
            open = true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the spool in " + settings.folder(), e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Completes when the entry is on the disk for good. Fails with {@link SpoolFullException} at once when there is no
     * room, and with an {@link IOException} when the disk does not take it.
     */
    public CompletableFuture<Void> append(byte[] entry) {
        long bytes = Frames.HEADER_BYTES + (long) entry.length;
        lock.lock();
        try {
            if (!open) {
                return CompletableFuture.failedFuture(new IOException("the spool is not open"));
            }
            lastBytes = bytes;
            if (!hasRoomFor(bytes)) {
                return CompletableFuture.failedFuture(new SpoolFullException(settings.maxBytes()));
            }
            onTheirWay += bytes;
            return writer.submit(entry);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Why {@link #append} would not store an entry as large as the last now, in words; empty when it would. A failed write
     * counts for half a minute, then the next entry has to try.
     */
    public Optional<String> refusal() {
        lock.lock();
        try {
            if (!open) {
                return Optional.of("not open");
            }
            if (!writer.isAlive()) {
                return Optional.of("its writer has ended");
            }
            if (!hasRoomFor(lastBytes) && lastBytes <= settings.maxBytes()) {
                return Optional.of("full: no room for " + lastBytes + " bytes more");
            }
            return failure.filter(last -> nanoTime.getAsLong() - last.nanos() < FAILURE_HOLDS.toNanos())
                    .map(last -> "the last write failed: " + last.words());
        } finally {
            lock.unlock();
        }
    }

    /** False when a bug has ended the thread that writes, though the spool is open. */
    public boolean isAlive() {
        lock.lock();
        try {
            return !open || writer.isAlive();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(long bytes) {
        return segments.bytes() + onTheirWay + bytes <= settings.maxBytes();
    }

    /**
     * The oldest entries; the same again until they are released. Damage on the way to them is moved aside.
     *
     * @throws IOException when the disk cannot be read
     */
    public Optional<Batch> head() throws IOException {
        Optional<Unread> unread = unread();
        while (unread.isPresent()) {
            Unread part = unread.get();
            Batch batch = reader.read(part.segment(), part.from(), part.end());
            if (!batch.entries().isEmpty()) {
                return Optional.of(batch);
            }
            release(batch);
            unread = unread();
        }
        return Optional.empty();
    }

    /** The part of the oldest segment that is neither released nor still being written. */
    private Optional<Unread> unread() throws IOException {
        lock.lock();
        try {
            Optional<Segment> oldest = segments.oldest();
            while (oldest.isPresent()) {
                Segment segment = oldest.get();
                long from = head.segment() == segment.number()
                        ? head.offset()
                        : segment.header().length();
                if (from < segment.end()) {
                    return Optional.of(new Unread(segment, from, segment.end()));
                }
                if (isBeingWritten(segment)) {
                    return Optional.empty();
                }
                segments.deleteOldest();
                oldest = segments.oldest();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private boolean isBeingWritten(Segment segment) {
        return onTheirWay > 0 && segments.active().filter(segment::equals).isPresent();
    }

    /** Forgets the entries of a batch; all before it are forgotten already. */
    public void release(Batch batch) throws IOException {
        lock.lock();
        try {
            head = batch.end();
        } finally {
            lock.unlock();
        }
        unread(); // gives back the space of what is read to its end
    }

    /**
     * Keeps an entry of a batch for people, before the batch is released. The file is a segment of its own: under the name
     * of one, in the folder of a spool that is not open, it is read again.
     */
    public void setAside(Batch batch, int index) throws IOException {
        reader.setAside(batch, index, clock.instant());
    }

    /** Waits for entries to be there. */
    public void awaitEntries(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (segments.oldest().isEmpty() && open && left > 0) {
                left = written.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    public SpoolState state() {
        lock.lock();
        try {
            long bytes = segments.bytes() + onTheirWay;
            boolean partlyReleased = segments.oldest()
                    .filter(segment -> segment.number() == head.segment())
                    .isPresent();
            return new SpoolState(bytes, partlyReleased ? bytes - head.offset() : bytes, segments.age(clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    /** Writes what was appended, then lets go of the folder. */
    @Override
    public void close() {
        lock.lock();
        try {
            open = false;
            written.signalAll();
        } finally {
            lock.unlock();
        }
        writer.close();
        try (folder) {
            segments.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the spool's segments", e);
        }
    }

    /** One write and one fsync for all that came in since the last. Called by the writer's thread alone. */
    private void write(List<byte[]> entries) throws IOException {
        long bytes = entries.stream()
                .mapToLong(entry -> Frames.HEADER_BYTES + (long) entry.length)
                .sum();
        Optional<Failure> failed = Optional.empty();
        try {
            Segment segment = segmentToWrite();
            try {
                moveEnd(segment, segment.append(entries));
            } catch (IOException e) {
                giveUp(segment, e);
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) { // out of memory too: it says as little for the next entry
            failed = Optional.of(new Failure(e.toString(), nanoTime.getAsLong()));
            throw e;
        } finally {
            arrived(bytes, failed);
        }
    }

    private void arrived(long bytes, Optional<Failure> failed) {
        lock.lock();
        try {
            onTheirWay -= bytes;
            failure = failed;
        } finally {
            lock.unlock();
        }
    }

    private Segment segmentToWrite() throws IOException {
        lock.lock();
        try {
            if (segments.active()
                    .filter(segment -> segment.end() >= settings.segmentBytes())
                    .isPresent()) {
                segments.seal();
            }
            return segments.active().isPresent()
                    ? segments.active().get()
                    : segments.begin(new SegmentHeader(clock.instant(), preamble));
        } finally {
            lock.unlock();
        }
    }

    private void moveEnd(Segment segment, long end) {
        lock.lock();
        try {
            segments.moveEnd(segment, end);
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** After a failed write or fsync nobody knows what the file holds behind its end; the next entries go to another. */
    private void giveUp(Segment segment, IOException cause) {
        lock.lock();
        try {
            segments.seal();
            segment.cut();
        } catch (IOException e) {
            cause.addSuppressed(e);
        } finally {
            lock.unlock();
        }
    }

    private record Failure(String words, long nanos) {}

    private record Unread(Segment segment, long from, long end) {}
}
