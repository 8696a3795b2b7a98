package dev.selfheal.runtime;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.envelope.EnvelopeHeaders;
import dev.selfheal.topic.Topic;
import java.nio.charset.StandardCharsets;
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
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/** Publishes envelopes: idempotent, {@code acks=all}. Thread-safe. */
public final class MessagePublisher implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> serializer;

    public MessagePublisher(KafkaClients clients, String clientId) {
        this(clients.newProducer(clientId), clients.valueSerializer());
    }

    MessagePublisher(Producer<byte[], byte[]> producer, Serializer<SpecificRecord> serializer) {
        this.producer = producer;
        this.serializer = serializer;
    }

    /**
     * Completes when every in-sync replica has it; fails with Kafka's exception otherwise, and with
     * {@link dev.selfheal.serde.RegistryUnavailableException} when the registry is away.
     */
    public <T extends SpecificRecord> CompletableFuture<RecordMetadata> publish(Topic<T> topic, Envelope<T> message) {
        Headers headers = EnvelopeHeaders.of(message);
        byte[] key = topic.keyOf(message.data()).getBytes(StandardCharsets.UTF_8);
        byte[] value;
        try {
            value = serializer.serialize(topic.name(), headers, message.data());
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
        long time = message.time().toEpochMilli();
        return send(new ProducerRecord<>(topic.name(), null, time, key, value, headers));
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
        serializer.close();
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
