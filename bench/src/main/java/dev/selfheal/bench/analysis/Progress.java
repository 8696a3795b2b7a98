package dev.selfheal.bench.analysis;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** How far a consumer group has committed a topic. */
final class Progress {

    private static final long BETWEEN_LOOKS_MS = 10;

    private final Admin admin;
    private final String group;
    private final String topic;

    Progress(Admin admin, String group, String topic) {
        this.admin = admin;
        this.group = group;
        this.topic = topic;
    }

    /** Records committed by the group, all partitions together. */
    long committed() {
        return answer(
                () -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                        .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                        .mapToLong(entry -> entry.getValue().offset())
                        .sum());
    }

    /** Records on the topic, all partitions together. */
    long end() {
        return answer(() -> {
            Map<TopicPartition, OffsetSpec> newest = new HashMap<>();
            admin.describeTopics(java.util.List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .forEach(p -> newest.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
            return admin.listOffsets(newest).all().get().values().stream()
                    .mapToLong(found -> found.offset())
                    .sum();
        });
    }

    /** Waits until so many records are committed. */
    long await(long records) {
        long committed = committed();
        while (committed < records) {
            pause();
            committed = committed();
        }
        return committed;
    }

    private static void pause() {
        try {
            // A benchmark has nobody to wake it, and looking without a pause would take from what it measures.
            Thread.sleep(BETWEEN_LOOKS_MS);
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the flag
        }
    }

    private static long answer(Question question) {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw new KafkaException("the broker does not say how far a group is", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the flag
        }
    }

    @FunctionalInterface
    private interface Question {

        long ask() throws ExecutionException, InterruptedException;
    }
}
