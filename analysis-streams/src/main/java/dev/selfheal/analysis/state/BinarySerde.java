package dev.selfheal.analysis.state;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * State of our own as bytes; the first byte is the version, and bytes of another version are refused. Implementations
 * are stateless, so that queries may read while the stream writes.
 */
public abstract class BinarySerde<T> implements Serde<T> {

    /** Most values fit; the buffer grows for those that do not. */
    private static final int FIRST_BYTES = 256;

    private final String what;
    private final int version;

    /**
     * @param what the state's name in messages
     * @param version from 0 to 255
     */
    protected BinarySerde(String what, int version) {
        this.what = what;
        this.version = version;
    }

    protected abstract void write(T value, DataOutputStream out) throws IOException;

    protected abstract T read(DataInputStream in) throws IOException;

    @Override
    public final Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : toBytes(value);
    }

    @Override
    public final Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : fromBytes(bytes);
    }

    /** Milliseconds since the epoch; {@code Long.MIN_VALUE} for none. */
    protected static void writeTime(DataOutputStream out, Optional<Instant> time) throws IOException {
        out.writeLong(time.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
    }

    protected static Optional<Instant> readTime(DataInputStream in) throws IOException {
        long millis = in.readLong();
        return millis == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private byte[] toBytes(T value) {
        // Java's own stream takes a lock for every byte, which is most of the time a small value costs.
        ByteBufferOutputStream bytes = new ByteBufferOutputStream(FIRST_BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(version);
            write(value, out);
        } catch (IOException e) {
            throw new SerializationException(what + " cannot be written: " + value, e);
        }
        ByteBuffer written = bytes.buffer();
        return Arrays.copyOf(written.array(), written.position());
    }

    private T fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int found = in.readUnsignedByte();
            if (found != version) {
                throw new SerializationException(what + " has version " + found + ", this release reads " + version);
            }
            return read(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new SerializationException(what + " of " + bytes.length + " bytes cannot be read", e);
        }
    }
}
