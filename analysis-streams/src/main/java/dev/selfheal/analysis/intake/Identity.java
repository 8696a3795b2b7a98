package dev.selfheal.analysis.intake;

import dev.selfheal.runtime.RecordKey;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What tells the records of a topic apart.
 *
 * @param keyOf the key a value asks for
 * @param idOf the id of a value, the same when it is sent again
 */
public record Identity<V>(Function<V, String> keyOf, Function<V, String> idOf) {

    /**
     * The id of a record.
     *
     * @throws SerializationException when the key is empty or not the value's
     */
    String of(String key, V value) {
        RecordKey.require(key, keyOf.apply(value));
        if (key.isEmpty()) {
            throw new SerializationException("its key is empty");
        }
        return idOf.apply(value);
    }
}
