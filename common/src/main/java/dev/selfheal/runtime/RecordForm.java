package dev.selfheal.runtime;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * How a topic's values are read, and shown where they cannot be worked on.
 *
 * @param deserializer throws a SerializationException at what makes no record; closed with the worker
 * @param letter makes of a record's value the value of its dead letter; thread-safe. A letter that it fails on goes without
 *     its value
 */
public record RecordForm<T extends SpecificRecord>(Deserializer<T> deserializer, UnaryOperator<byte[]> letter) {

    public RecordForm {
        Objects.requireNonNull(deserializer, "deserializer");
        Objects.requireNonNull(letter, "letter");
    }

    /** Dead letters have the value as it came. */
    public static <T extends SpecificRecord> RecordForm<T> of(Deserializer<T> deserializer) {
        return new RecordForm<>(deserializer, UnaryOperator.identity());
    }
}
