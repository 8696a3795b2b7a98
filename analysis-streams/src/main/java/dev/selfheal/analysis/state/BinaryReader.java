package dev.selfheal.analysis.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * What a {@link BinaryWriter} wrote. Fails with a BufferUnderflowException where bytes are missing and with an
 * IllegalArgumentException where they make no sense.
 */
public final class BinaryReader {

    private final ByteBuffer buffer;

    BinaryReader(byte[] bytes) {
        buffer = ByteBuffer.wrap(bytes);
    }

    public int readUnsignedByte() {
        return Byte.toUnsignedInt(buffer.get());
    }

    public boolean readBoolean() {
        return buffer.get() != 0;
    }

    public int readInt() {
        return buffer.getInt();
    }

    public long readLong() {
        return buffer.getLong();
    }

    public double readDouble() {
        return buffer.getDouble();
    }

    public int readVarint() {
        return ByteUtils.readVarint(buffer);
    }

    public long readVarlong() {
        return ByteUtils.readVarlong(buffer);
    }

    /** A number of things still to come, each of which takes a byte at least. */
    public int readSize() {
        return size(readVarint());
    }

    public String readText() {
        byte[] bytes = new byte[readSize()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int size(int claimed) {
        if (claimed < 0) {
            throw new IllegalArgumentException("a size of " + claimed);
        }
        if (claimed > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        return claimed;
    }
}
