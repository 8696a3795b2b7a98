package dev.selfheal.bench.validation;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.runtime.KafkaClients;
import dev.selfheal.runtime.MessagePublisher;
import dev.selfheal.topic.Topic;
import dev.selfheal.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Where proposals are handed in and verdicts come out: the topics on both sides of validation. */
final class ProposalDesk implements AutoCloseable {

    private final Topics topics;
    private final MessagePublisher publisher;
    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<PatchVerdict> values;

    ProposalDesk(KafkaClients clients, Topics topics) {
        this.topics = topics;
        this.publisher = new MessagePublisher(clients, "bench");
        this.values = clients.valueDeserializer(PatchVerdict.class);
        this.consumer = clients.newConsumer("bench", Map.of("group.id", "bench"));
        List<TopicPartition> partitions =
                List.of(topics.approvedPatches(), topics.rejectedPatches(), topics.patchesForReview()).stream()
                        .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    void publish(HealingPolicy policy) throws InterruptedException {
        publish(topics.policies(), policy);
    }

    void send(PatchProposal proposal) throws InterruptedException {
        publish(topics.patchProposals(), proposal);
    }

    /** Committed verdicts, in the order in which they came; none when none comes in time. */
    List<PatchVerdict> poll(Duration patience) {
        List<PatchVerdict> verdicts = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(patience)) {
            verdicts.add(values.deserialize(message.topic(), message.headers(), message.value()));
        }
        return verdicts;
    }

    private <T extends SpecificRecord> void publish(Topic<T> topic, T data) throws InterruptedException {
        try {
            publisher
                    .publish(topic, Envelope.first("/bench", topic.keyOf(data), Instant.now(), data))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not take " + topic.name(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        publisher.close();
        values.close();
    }
}
