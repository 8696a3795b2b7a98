package dev.selfheal.runtime;

import org.apache.kafka.common.errors.SerializationException;

/** The key of a record says again what its value says: where it does not, one of them is wrong and nobody knows which. */
public final class RecordKey {

    private static final int MAX_SHOWN = 200;

    private RecordKey() {}

    /**
     * Returns when they agree.
     *
     * @param expected the key that the value asks for, by its topic
     * @throws SerializationException when the record is none of its topic
     */
    public static void require(String key, String expected) {
        if (!expected.equals(key)) {
            throw new SerializationException(
                    "its key is " + shown(key) + ", but its value asks for " + shown(expected));
        }
    }

    private static String shown(String key) {
        if (key == null) {
            return "missing";
        }
        return "'" + (key.length() <= MAX_SHOWN ? key : key.substring(0, MAX_SHOWN - 1) + "…") + "'";
    }
}
