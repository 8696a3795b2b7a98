package dev.selfheal.analysis.state;

import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound on the memory outside the heap that all RocksDB stores of an instance take together. Without it each store has
 * a block cache of 50 MB and write buffers of 48 MB of its own, and there are several stores for each partition. Close it
 * after the streams it was made for.
 */
public final class StateMemory implements AutoCloseable {

    /** Where a store's settings find it. */
    static final String CONFIG = "selfheal.state.memory";

    /** What is not written to disk yet takes this share at most; the rest is for reading. */
    private static final double WRITE_SHARE = 0.5;

    /** Indexes and filters may have this share to themselves; blocks that are read once do not drive them out. */
    private static final double INDEX_SHARE = 0.2;

    private static final int SHARDS_BY_SIZE = -1;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    static {
        RocksDB.loadLibrary();
    }

    /**
     * @param bytes for all stores together
     */
    public StateMemory(long bytes) {
        cache = new LRUCache(bytes, SHARDS_BY_SIZE, false, INDEX_SHARE);
        // Write buffers are counted as part of the cache: one bound for both.
        writeBuffers = new WriteBufferManager((long) (bytes * WRITE_SHARE), cache);
    }

    /** Has the streams that are made with these settings keep to it. */
    public void applyTo(Properties settings) {
        settings.put(CONFIG, this);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStores.class);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
