package dev.selfheal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WaitingRecordsTest {

    private final WaitingRecords waiting = new WaitingRecords(List.of("urgent", "normal"), 2);

    @Test
    void shouldServeTheUrgentLaneFirst() {
        waiting.add(record("normal", 0, 1));
        waiting.add(record("normal", 0, 2));
        waiting.add(record("urgent", 0, 7));
        assertThat(waiting.poll().orElseThrow().offset()).isEqualTo(7);
        assertThat(waiting.poll().orElseThrow().offset()).isEqualTo(1);
        assertThat(waiting.poll().orElseThrow().offset()).isEqualTo(2);
        assertThat(waiting.isEmpty()).isTrue();
        assertThat(waiting.poll()).isEmpty();
    }

    @Test
    void shouldBeFullLaneByLane() {
        waiting.add(record("normal", 0, 1));
        assertThat(waiting.isFull(new TopicPartition("normal", 0))).isFalse();
        waiting.add(record("normal", 1, 1));
        assertThat(waiting.isFull(new TopicPartition("normal", 0))).isTrue();
        assertThat(waiting.isFull(new TopicPartition("urgent", 0))).isFalse();
    }

    @Test
    void shouldDropTheRecordsOfRevokedPartitionsOnly() {
        waiting.add(record("normal", 0, 1));
        waiting.add(record("normal", 1, 2));
        waiting.drop(List.of(new TopicPartition("normal", 0)));
        assertThat(waiting.poll().orElseThrow().offset()).isEqualTo(2);
        assertThat(waiting.isEmpty()).isTrue();
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, int partition, long offset) {
        return new ConsumerRecord<>(topic, partition, offset, null, null);
    }
}
