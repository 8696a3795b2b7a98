package dev.selfheal.analysis.state;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/** Has every RocksDB store share the instance's {@link StateMemory}. Made by Kafka Streams, one for each store. */
public final class BoundedStores implements RocksDBConfigSetter {

    /** A store's buffer is taken in eighths of this; small, because there are many stores and most of them are small. */
    private static final long WRITE_BUFFER_BYTES = 4L << 20;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        StateMemory memory = (StateMemory) configs.get(StateMemory.CONFIG);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    }

    /** The memory is shared: whoever made it closes it, after the last store. */
    @Override
    public void close(String storeName, Options options) {}
}
