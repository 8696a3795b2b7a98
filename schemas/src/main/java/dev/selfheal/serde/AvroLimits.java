package dev.selfheal.serde;

import org.apache.avro.SystemLimitException;

/**
 * Bounds what Avro allocates on the word of a record. A ten-byte record may claim a string of a gigabyte; by default Avro
 * believes it, and one poison record ends the JVM. Limits that the application has set already stay.
 */
final class AvroLimits {

    /** Bytes; far above the largest record a broker takes by default, 1 MiB. */
    private static final int LONGEST_VALUE = 64 << 20;

    private static final int MOST_ITEMS = 1 << 20;

    private AvroLimits() {}

    /** Takes effect unless Avro has decoded something in this JVM before: it reads these properties once. */
    static void apply() {
        setUnlessSet(SystemLimitException.MAX_STRING_LENGTH_PROPERTY, LONGEST_VALUE);
        setUnlessSet(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY, LONGEST_VALUE);
        setUnlessSet(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, MOST_ITEMS);
    }

    private static void setUnlessSet(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
