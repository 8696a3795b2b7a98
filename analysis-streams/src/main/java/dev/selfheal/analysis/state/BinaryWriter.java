package dev.selfheal.analysis.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Numbers and texts one behind the other. What {@code DataOutputStream} does without its lock and its call for every byte,
 * which is most of what a small value costs there.
 */
public final class BinaryWriter {

    /** Of a variable-length number of 64 bits. */
    private static final int LONGEST_NUMBER = 10;

    private ByteBuffer buffer;

    BinaryWriter(int firstBytes) {
        buffer = ByteBuffer.allocate(firstBytes);
    }

    public void writeByte(int value) {
        room(Byte.BYTES).put((byte) value);
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    public void writeLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    public void writeDouble(double value) {
        room(Double.BYTES).putDouble(value);
    }

    /** One byte from -64 to 63, five at most. */
    public void writeVarint(int value) {
        ByteUtils.writeVarint(value, room(LONGEST_NUMBER));
    }

    /** One byte from -64 to 63, ten at most. */
    public void writeVarlong(long value) {
        ByteUtils.writeVarlong(value, room(LONGEST_NUMBER));
    }

    /** Its length, then UTF-8. */
    public void writeText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeVarint(bytes.length);
        writeBytes(bytes);
    }

    /** As they are, without their length. */
    public void writeBytes(byte[] bytes) {
        room(bytes.length).put(bytes);
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + bytes));
            larger.put(buffer.flip());
            buffer = larger;
        }
        return buffer;
    }
}
