package dev.selfheal.runtime;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.envelope.EnvelopeHeaders;
import dev.selfheal.topic.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/** Turns messages into records as they lie on a topic. Thread-safe. */
final class MessageWriter implements AutoCloseable {

    private final Serializer<SpecificRecord> serializer;

    MessageWriter(Serializer<SpecificRecord> serializer) {
        this.serializer = serializer;
    }

    <T extends SpecificRecord> ProducerRecord<byte[], byte[]> write(Outgoing<T> message) {
        return write(message.topic(), message.message());
    }

    /**
     * @throws org.apache.kafka.common.errors.SerializationException when the data do not fit their schema
     * @throws dev.selfheal.serde.RegistryUnavailableException when the registry is away
     */
    <T extends SpecificRecord> ProducerRecord<byte[], byte[]> write(Topic<T> topic, Envelope<T> message) {
        Headers headers = EnvelopeHeaders.of(message);
        byte[] key = topic.keyOf(message.data()).getBytes(StandardCharsets.UTF_8);
        byte[] value = serializer.serialize(topic.name(), headers, message.data());
        return new ProducerRecord<>(topic.name(), null, message.time().toEpochMilli(), key, value, headers);
    }

    @Override
    public void close() {
        serializer.close();
    }
}
