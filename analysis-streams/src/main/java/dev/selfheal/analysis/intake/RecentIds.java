package dev.selfheal.analysis.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event ids a task has seen lately, each as a digest of 128 bits: in memory, where asking costs next to nothing, and
 * in a store, from which a restart reads them back.
 *
 * <p>There are two generations. The younger one takes ids in until the stream is a window further, or it is full; then it
 * becomes the older one, and what was older is forgotten. So an id is remembered for a window at least, or for as many
 * later ids as a generation holds. The window counts from when the id came, not from when the error happened: how late an
 * error is makes no difference. Not thread-safe.
 */
final class RecentIds {

    private static final Logger LOG = LoggerFactory.getLogger(RecentIds.class);

    private final KeyValueStore<Bytes, byte[]> store;
    private final long windowMs;
    private final int mostIds;
    private final MessageDigest sha256 = newSha256();
    private Generation older = new Generation(-1);
    private Generation younger = new Generation(0);

    /**
     * Reads back what the store holds.
     *
     * @param mostIds of one generation; two of them take 32 to 86 bytes of heap an id
     */
    RecentIds(KeyValueStore<Bytes, byte[]> store, Duration window, int mostIds) {
        this.store = store;
        this.windowMs = window.toMillis();
        this.mostIds = mostIds;
        try (KeyValueIterator<Bytes, byte[]> chunks = store.all()) {
            chunks.forEachRemaining(this::restore);
        }
    }

    /**
     * Takes an id in.
     *
     * @param streamTime of the newest error, milliseconds
     * @return false when it was there already
     */
    boolean add(String id, long streamTime) {
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest(id.getBytes(StandardCharsets.UTF_8)));
        long high = digest.getLong();
        long low = digest.getLong();
        if (younger.contains(high, low) || older.contains(high, low)) {
            return false;
        }
        if (isOver(younger, streamTime)) {
            older.deleteFrom(store);
            older = younger;
            younger = new Generation(Math.max(streamTime, older.start() + 1));
        }
        younger.add(high, low, store);
        return true;
    }

    private boolean isOver(Generation generation, long streamTime) {
        if (generation.size() < mostIds) {
            return streamTime >= generation.start() + windowMs;
        }
        LOG.warn(
                "{} event ids came within less than {} ms: older ones count again if they come again",
                mostIds,
                windowMs);
        return true;
    }

    private void restore(KeyValue<Bytes, byte[]> chunk) {
        long start = Generation.startOf(chunk);
        if (start != younger.start()) {
            older = younger;
            younger = new Generation(start);
        }
        younger.restore(chunk.value);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
