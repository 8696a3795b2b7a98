package dev.selfheal.analysis.state;

import java.nio.BufferUnderflowException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

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

    protected abstract void write(T value, BinaryWriter out);

    protected abstract T read(BinaryReader in);

    @Override
    public final Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : toBytes(value);
    }

    @Override
    public final Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : fromBytes(bytes);
    }

    /**
     * The same for a store, in which an older release may have left state: that counts as not there and builds up anew. To
     * refuse it would stop the analysis at every start.
     */
    public final Serde<T> forgettingOlder() {
        Deserializer<T> strict = deserializer();
        return Serdes.serdeFrom(
                serializer(), (topic, bytes) -> isOlder(bytes) ? null : strict.deserialize(topic, bytes));
    }

    /** Milliseconds since the epoch; {@code Long.MIN_VALUE} for none. */
    protected static void writeTime(BinaryWriter out, Optional<Instant> time) {
        out.writeLong(time.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
    }

    protected static Optional<Instant> readTime(BinaryReader in) {
        long millis = in.readLong();
        return millis == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private boolean isOlder(byte[] bytes) {
        return bytes != null && bytes.length > 0 && Byte.toUnsignedInt(bytes[0]) < version;
    }

    private byte[] toBytes(T value) {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        out.writeByte(version);
        write(value, out);
        return out.toBytes();
    }

    private T fromBytes(byte[] bytes) {
        try {
            BinaryReader in = new BinaryReader(bytes);
            int found = in.readUnsignedByte();
            if (found != version) {
                throw new SerializationException(what + " has version " + found + ", this release reads " + version);
            }
            return read(in);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SerializationException(what + " of " + bytes.length + " bytes cannot be read", e);
        }
    }
}
