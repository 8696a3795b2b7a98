package dev.selfheal.analysis;

import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Follows what is committed on a topic, from its beginning. */
final class TopicReader<T extends SpecificRecord> implements AutoCloseable {

    private static final Duration LONGEST_POLL = Duration.ofMillis(200);

    private final Topic<T> topic;
    private final Deserializer<T> deserializer;
    private final Consumer<byte[], byte[]> consumer;

    TopicReader(KafkaClients clients, Topic<T> topic) {
        this.topic = topic;
        deserializer = clients.valueDeserializer(topic.type());
        consumer = clients.newConsumer("test", Map.of());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What has come since; waits a moment when nothing has. */
    List<T> next() {
        List<T> values = new ArrayList<>();
        consumer.poll(LONGEST_POLL)
                .forEach(record -> values.add(deserializer.deserialize(topic.name(), record.value())));
        return values;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
