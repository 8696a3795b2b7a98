package dev.selfheal.analysis.breaker;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link Outcome} by name, for the repartition topic between cases and breakers. */
public final class OutcomeSerde implements Serde<Outcome> {

    @Override
    public Serializer<Outcome> serializer() {
        return (topic, outcome) -> outcome == null ? null : outcome.name().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Deserializer<Outcome> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(new String(bytes, StandardCharsets.US_ASCII));
    }

    private static Outcome read(String name) {
        try {
            return Outcome.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new SerializationException("'" + name + "' is no outcome of a case", e);
        }
    }
}
