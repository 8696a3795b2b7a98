package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the mutants.
 *
 * @param passing tests that pass without a mutation; only these can notice one
 * @param fates one per mutant that was tried, in order
 */
public record MutationReport(int passing, List<Fate> fates) {

    /** How a mutant ended. */
    public enum Kind {
        /** A test that passes without it failed with it, or did not end. */
        NOTICED,
        SURVIVED,
        /** It does not compile. */
        INVALID
    }

    /**
     * @param by the test that noticed it; empty otherwise
     */
    public record Fate(Kind kind, String by) {}

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(passing);
        out.writeInt(fates.size());
        for (Fate fate : fates) {
            Wire.writeText(out, fate.kind().name());
            Wire.writeText(out, fate.by());
        }
        return bytes.toByteArray();
    }

    public static MutationReport decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int passing = in.readInt();
        int count = Wire.readCount(in);
        List<Fate> fates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fates.add(new Fate(Wire.readEnum(in, Kind.class), Wire.readText(in)));
        }
        return new MutationReport(passing, fates);
    }
}
