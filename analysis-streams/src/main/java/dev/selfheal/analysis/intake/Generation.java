package dev.selfheal.analysis.intake;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/** Digests of ids that came in one stretch of time: a table to ask, and chunks in a store to read it back from. */
final class Generation {

    static final int DIGEST_BYTES = 16;

    /** Few enough to be copied with every id, many enough to make writes to disk and changelog rare. */
    static final int IDS_IN_CHUNK = 64;

    private final long start;
    private final IdTable ids = new IdTable();
    private int chunks;
    private byte[] chunk = {};

    /**
     * @param start stream time of the first id, milliseconds; no two generations have the same
     */
    Generation(long start) {
        this.start = start;
    }

    /** The generation an entry of the store belongs to. */
    static long startOf(KeyValue<Bytes, byte[]> entry) {
        return ByteBuffer.wrap(entry.key.get()).getLong();
    }

    long start() {
        return start;
    }

    int size() {
        return ids.size();
    }

    boolean contains(long high, long low) {
        return ids.contains(high, low);
    }

    /** Takes a digest in that is new. */
    void add(long high, long low, KeyValueStore<Bytes, byte[]> store) {
        ids.add(high, low);
        int filled = chunk.length;
        chunk = Arrays.copyOf(chunk, filled + DIGEST_BYTES);
        ByteBuffer.wrap(chunk, filled, DIGEST_BYTES).putLong(high).putLong(low);
        store.put(key(chunks), chunk);
        closeFullChunk();
    }

    /** Takes in what was written before; chunks come in the order of their keys. */
    void restore(byte[] written) {
        ByteBuffer digests = ByteBuffer.wrap(written);
        while (digests.hasRemaining()) {
            ids.add(digests.getLong(), digests.getLong());
        }
        chunk = written;
        closeFullChunk();
    }

    void deleteFrom(KeyValueStore<Bytes, byte[]> store) {
        for (int number = 0; number <= chunks; number++) {
            store.delete(key(number));
        }
    }

    private void closeFullChunk() {
        if (chunk.length == IDS_IN_CHUNK * DIGEST_BYTES) {
            chunks++;
            chunk = new byte[0];
        }
    }

    /** Ordered by time, then by number. */
    private Bytes key(int number) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(start)
                .putInt(number)
                .array());
    }
}
