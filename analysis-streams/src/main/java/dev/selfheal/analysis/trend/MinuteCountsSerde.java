package dev.selfheal.analysis.trend;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link MinuteCounts} alone, for what counts other things than groups. */
public final class MinuteCountsSerde implements Serde<MinuteCounts> {

    @Override
    public Serializer<MinuteCounts> serializer() {
        return (topic, counts) -> counts == null ? null : write(counts);
    }

    @Override
    public Deserializer<MinuteCounts> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    private static byte[] write(MinuteCounts counts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            GroupTrendSerde.writeCounts(out, counts);
        } catch (IOException e) {
            throw new SerializationException(counts.size() + " minutes cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static MinuteCounts read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return GroupTrendSerde.readCounts(in);
        } catch (IOException e) {
            throw new SerializationException("counts of " + bytes.length + " bytes cannot be read", e);
        }
    }
}
