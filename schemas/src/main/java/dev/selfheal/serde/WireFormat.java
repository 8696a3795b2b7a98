package dev.selfheal.serde;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** Confluent's frame before the Avro binary: one zero byte, then the schema id as a big-endian int. */
final class WireFormat {

    static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {}

    static void writeHeader(int schemaId, ByteArrayOutputStream out) {
        out.write(MAGIC);
        out.write(schemaId >>> 24);
        out.write(schemaId >>> 16);
        out.write(schemaId >>> 8);
        out.write(schemaId);
    }

    static int readSchemaId(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw new SerializationException(
                    "value of " + bytes.length + " bytes is too short for the Confluent wire format");
        }
        if (bytes[0] != MAGIC) {
            throw new SerializationException(
                    "value starts with byte " + (bytes[0] & 0xff) + ", the Confluent wire format with 0");
        }
        return ByteBuffer.wrap(bytes).getInt(1);
    }
}
