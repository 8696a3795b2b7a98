package dev.selfheal.standalone.topic;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest of any number of records, by timestamp, then by offset. Used by one thread. */
final class NewestRecords {

    private static final Comparator<ConsumerRecord<byte[], byte[]>> OLDEST_FIRST = Comparator.comparingLong(
                    (ConsumerRecord<byte[], byte[]> record) -> record.timestamp())
            .thenComparingLong(ConsumerRecord::offset)
            .thenComparingInt(ConsumerRecord::partition);

    private final long most;
    private final PriorityQueue<ConsumerRecord<byte[], byte[]>> records = new PriorityQueue<>(OLDEST_FIRST);

    /**
     * @param most how many are kept
     */
    NewestRecords(long most) {
        this.most = most;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        records.add(record);
        if (records.size() > most) {
            records.remove();
        }
    }

    void clear() {
        records.clear();
    }

    boolean isFull() {
        return records.size() >= most;
    }

    int size() {
        return records.size();
    }

    /** Oldest first. */
    List<ConsumerRecord<byte[], byte[]>> inOrder() {
        return records.stream().sorted(OLDEST_FIRST).toList();
    }
}
