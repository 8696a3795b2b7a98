package dev.selfheal.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Fetched records that wait for a worker thread, a lane per source topic. Earlier lanes go first; within a lane the
 * order of arrival stays. Only the polling thread uses it.
 */
final class WaitingRecords {

    private final List<String> topics;
    private final List<Deque<ConsumerRecord<byte[], byte[]>>> lanes = new ArrayList<>();
    private final int capacity;

    /**
     * @param topics most urgent first
     * @param capacity of each lane, records; a lane at or above it {@link #isFull}
     */
    WaitingRecords(List<String> topics, int capacity) {
        this.topics = List.copyOf(topics);
        this.capacity = capacity;
        topics.forEach(topic -> lanes.add(new ArrayDeque<>()));
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        lanes.get(topics.indexOf(record.topic())).addLast(record);
    }

    Optional<ConsumerRecord<byte[], byte[]>> poll() {
        return lanes.stream().filter(lane -> !lane.isEmpty()).findFirst().map(Deque::pollFirst);
    }

    boolean isEmpty() {
        return lanes.stream().allMatch(Deque::isEmpty);
    }

    int size() {
        return lanes.stream().mapToInt(Deque::size).sum();
    }

    /** Whether the partition's topic has enough waiting, so that fetching more would only fill memory. */
    boolean isFull(TopicPartition partition) {
        return lanes.get(topics.indexOf(partition.topic())).size() >= capacity;
    }

    void drop(Collection<TopicPartition> partitions) {
        lanes.forEach(lane ->
                lane.removeIf(record -> partitions.contains(new TopicPartition(record.topic(), record.partition()))));
    }
}
