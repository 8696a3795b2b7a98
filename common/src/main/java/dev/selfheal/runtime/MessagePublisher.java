package dev.selfheal.runtime;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

/** Publishes envelopes: idempotent, {@code acks=all}. Thread-safe. */
public final class MessagePublisher implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final MessageWriter writer;

    public MessagePublisher(KafkaClients clients, String clientId) {
        this(clients.newProducer(clientId), clients.valueSerializer());
    }

    MessagePublisher(Producer<byte[], byte[]> producer, Serializer<SpecificRecord> serializer) {
        this.producer = producer;
        this.writer = new MessageWriter(serializer);
    }

    /**
     * Completes when every in-sync replica has it; fails with Kafka's exception otherwise, and with
     * {@link dev.selfheal.serde.RegistryUnavailableException} when the registry is away.
     */
    public <T extends SpecificRecord> CompletableFuture<RecordMetadata> publish(Topic<T> topic, Envelope<T> message) {
        try {
            return send(writer.write(topic, message));
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Publishes all and waits for all.
     *
     * @throws KafkaException the first failure; messages after it may have been published nevertheless
     */
    public void publishAll(List<Outgoing<?>> messages) throws InterruptedException {
        List<CompletableFuture<RecordMetadata>> sent =
                messages.stream().map(this::publish).toList();
        for (CompletableFuture<RecordMetadata> one : sent) {
            await(one);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
        writer.close();
    }

    /** Publishes bytes as they are. */
    CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<RecordMetadata> result = new CompletableFuture<>();
        try {
            Future<RecordMetadata> unused = producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    result.complete(metadata);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (KafkaException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    static void await(CompletableFuture<RecordMetadata> sent) throws InterruptedException {
        try {
            sent.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new KafkaException("publishing failed", e.getCause());
        }
    }

    private <T extends SpecificRecord> CompletableFuture<RecordMetadata> publish(Outgoing<T> message) {
        return publish(message.topic(), message.message());
    }
}
