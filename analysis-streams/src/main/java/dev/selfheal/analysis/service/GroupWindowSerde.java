package dev.selfheal.analysis.service;

import dev.selfheal.event.TrendState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link GroupWindow} in about 40 bytes, for the repartition topic between groups and services. */
public final class GroupWindowSerde implements Serde<GroupWindow> {

    private static final int VERSION = 1;

    @Override
    public Serializer<GroupWindow> serializer() {
        return (topic, window) -> window == null ? null : write(window);
    }

    @Override
    public Deserializer<GroupWindow> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    private static byte[] write(GroupWindow window) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(48);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(window.group());
            out.writeLong(window.minute());
            out.writeLong(window.count());
            out.writeUTF(window.state().name());
            out.writeUTF(window.release().orElse(""));
            out.writeBoolean(window.closed());
        } catch (IOException e) {
            throw new SerializationException(
                    "window of a group in minute " + window.minute() + " cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static GroupWindow read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new SerializationException("window has version " + version + ", this release reads " + VERSION);
            }
            return new GroupWindow(
                    in.readInt(),
                    in.readLong(),
                    in.readLong(),
                    TrendState.valueOf(in.readUTF()),
                    Optional.of(in.readUTF()).filter(release -> !release.isEmpty()),
                    in.readBoolean());
        } catch (IOException | IllegalArgumentException e) {
            throw new SerializationException("window of " + bytes.length + " bytes cannot be read", e);
        }
    }
}
