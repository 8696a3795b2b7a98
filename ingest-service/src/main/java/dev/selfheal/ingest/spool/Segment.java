package dev.selfheal.ingest.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * One file of the spool. Written by one thread and read by another, which sees no further than {@link #end()}; whoever
 * moves that end does so under the spool's lock.
 */
final class Segment implements AutoCloseable {

    private static final int WRITE_BYTES = 256 << 10;

    private final Path path;
    private final long number;
    private final FileChannel channel;
    private final SegmentHeader header;
    private long end;

    private Segment(Path path, long number, FileChannel channel, SegmentHeader header, long end) {
        this.path = path;
        this.number = number;
        this.channel = channel;
        this.header = header;
        this.end = end;
    }

    /** Begins a new one; durable with the first entries. */
    static Segment create(Path path, long number, SegmentHeader header) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            writeFully(channel, header.encode(), 0);
            return new Segment(path, number, channel, header, header.length());
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** One that an earlier process left, to be read only. */
    static Segment sealed(Path path, long number, SegmentHeader header) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        return new Segment(path, number, channel, header, channel.size());
    }

    Path path() {
        return path;
    }

    long number() {
        return number;
    }

    SegmentHeader header() {
        return header;
    }

    /** Where its last durable entry ends. */
    long end() {
        return end;
    }

    void end(long durable) {
        end = durable;
    }

    /** Writes the entries behind {@link #end()} and forces them to the disk; the caller moves the end to what is returned. */
    long append(List<byte[]> payloads) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(WRITE_BYTES);
        long at = end;
        for (byte[] payload : payloads) {
            at = put(buffer, Frames.header(payload), at);
            at = put(buffer, ByteBuffer.wrap(payload), at);
        }
        at += writeFully(channel, buffer.flip(), at);
        channel.force(false);
        return at;
    }

    private long put(ByteBuffer buffer, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                at += writeFully(channel, buffer.flip(), at);
                buffer.clear();
            }
            int length = Math.min(buffer.remaining(), bytes.remaining());
            buffer.put(bytes.slice().limit(length));
            bytes.position(bytes.position() + length);
        }
        return at;
    }

    /** Forgets what a write that failed has left behind the end. */
    void cut() throws IOException {
        channel.truncate(end);
    }

    byte[] read(long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new IOException(path + " ends before its byte " + (offset + length) + "; who has cut it?");
            }
        }
        return bytes.array();
    }

    /** Closes it and takes it off the disk. */
    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static int writeFully(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        int written = 0;
        while (bytes.hasRemaining()) {
            written += channel.write(bytes, offset + written);
        }
        return written;
    }
}
