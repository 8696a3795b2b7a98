package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which mutants to make and which tests to run on each.
 *
 * @param compile the patched sources without a mutation, and what they compile against
 * @param tests the patched classes and the tests, in the order they are tried
 * @param mutants tried in order
 * @param budgetMillis no mutant begins after this
 * @param mutantMillis a mutant whose tests take longer counts as noticed
 */
public record MutationOrder(
        CompileOrder compile, TestOrder tests, List<Mutant> mutants, long budgetMillis, long mutantMillis) {

    /**
     * One source with one mutation.
     *
     * @param path one of the sources
     */
    public record Mutant(String path, String text) {}

    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeBytes(out, compile.encode());
        Wire.writeBytes(out, tests.encode());
        out.writeInt(mutants.size());
        for (Mutant mutant : mutants) {
            Wire.writeText(out, mutant.path());
            Wire.writeText(out, mutant.text());
        }
        out.writeLong(budgetMillis);
        out.writeLong(mutantMillis);
        return bytes.toByteArray();
    }

    static MutationOrder decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        CompileOrder compile = CompileOrder.decode(Wire.readBytes(in));
        TestOrder tests = TestOrder.decode(Wire.readBytes(in));
        int count = Wire.readCount(in);
        List<Mutant> mutants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            mutants.add(new Mutant(Wire.readText(in), Wire.readText(in)));
        }
        return new MutationOrder(compile, tests, mutants, in.readLong(), in.readLong());
    }
}
