package dev.selfheal.topic;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * One typed topic. Keys are UTF-8 strings, values Avro in the Confluent wire format, or JSON where {@link Topics} says so.
 *
 * @param name full name with the prefix, for example {@code selfheal.error-events}
 * @param type generated class of the value
 * @param key reads the record key out of a value
 * @param cleanup what the broker does with old records
 * @param retention how long the broker keeps a record; ignored for {@link Cleanup#COMPACT}
 */
public record Topic<T extends SpecificRecord>(
        String name, Class<T> type, Function<T, String> key, Cleanup cleanup, Duration retention) {

    /** The broker's {@code cleanup.policy}. */
    public enum Cleanup {
        DELETE,
        COMPACT
    }

    public Topic {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(cleanup, "cleanup");
        Objects.requireNonNull(retention, "retention");
        if (name.isBlank()) {
            throw new IllegalArgumentException("topic name is blank");
        }
    }

    /** Where records of this topic go that cannot be processed: the original bytes with Kafka's error headers. */
    public String deadLetterName() {
        return name + ".dlq";
    }

    public String keyOf(T value) {
        return key.apply(value);
    }
}
