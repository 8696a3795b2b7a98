package dev.selfheal.analysis.confidence;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Outcomes, oldest first, as about 100 bytes each; the first byte is the version. One alone is a list of one. */
public final class CaseOutcomeSerde implements Serde<List<CaseOutcome>> {

    private static final int VERSION = 1;

    @Override
    public Serializer<List<CaseOutcome>> serializer() {
        return (topic, outcomes) -> outcomes == null ? null : write(outcomes);
    }

    @Override
    public Deserializer<List<CaseOutcome>> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    private static byte[] write(List<CaseOutcome> outcomes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * (outcomes.size() + 1));
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(outcomes.size());
            for (CaseOutcome outcome : outcomes) {
                out.writeUTF(outcome.caseId());
                out.writeInt(outcome.attempt());
                out.writeUTF(outcome.provider());
                out.writeUTF(outcome.errorType());
                out.writeDouble(outcome.rawConfidence());
                out.writeDouble(outcome.confidence());
                out.writeUTF(outcome.kind().name());
            }
        } catch (IOException e) {
            throw new SerializationException(outcomes.size() + " outcomes of cases cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static List<CaseOutcome> read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new SerializationException(
                        "outcomes have version " + version + ", this release reads " + VERSION);
            }
            List<CaseOutcome> outcomes = new ArrayList<>();
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                outcomes.add(new CaseOutcome(
                        in.readUTF(),
                        in.readInt(),
                        in.readUTF(),
                        in.readUTF(),
                        in.readDouble(),
                        in.readDouble(),
                        Kind.valueOf(in.readUTF())));
            }
            return outcomes;
        } catch (IOException | IllegalArgumentException e) {
            throw new SerializationException("outcomes of " + bytes.length + " bytes cannot be read", e);
        }
    }
}
