package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Whose methods to call.
 *
 * @param overrides binary name to class file; these win over the classpath
 * @param first {@code Class#method} of the frame that failed, called before all others
 * @param calls at most
 * @param budgetMillis no call begins after this
 */
public record ReplayOrder(
        Map<String, byte[]> overrides,
        List<String> classpath,
        List<String> classes,
        String first,
        int calls,
        long budgetMillis) {

    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeFiles(out, overrides);
        Wire.writeTexts(out, classpath);
        Wire.writeTexts(out, classes);
        Wire.writeText(out, first);
        out.writeInt(calls);
        out.writeLong(budgetMillis);
        return bytes.toByteArray();
    }

    static ReplayOrder decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new ReplayOrder(
                Wire.readFiles(in),
                Wire.readTexts(in),
                Wire.readTexts(in),
                Wire.readText(in),
                in.readInt(),
                in.readLong());
    }
}
