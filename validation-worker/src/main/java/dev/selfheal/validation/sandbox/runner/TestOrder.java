package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Which tests to run, on what.
 *
 * @param overrides binary name to class file; these win over the classpath
 * @param classpath absolute paths as seen inside the sandbox
 */
public record TestOrder(Map<String, byte[]> overrides, List<String> classpath, List<String> selectors) {

    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeFiles(out, overrides);
        Wire.writeTexts(out, classpath);
        Wire.writeTexts(out, selectors);
        return bytes.toByteArray();
    }

    static TestOrder decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new TestOrder(Wire.readFiles(in), Wire.readTexts(in), Wire.readTexts(in));
    }
}
