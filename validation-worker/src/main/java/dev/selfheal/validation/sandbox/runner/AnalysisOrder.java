package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What to analyse.
 *
 * @param classes binary name to class file
 * @param sources path from the repository's root to UTF-8 text
 * @param classpath what the classes refer to
 * @param options javac's for these sources
 */
public record AnalysisOrder(
        Map<String, byte[]> classes, Map<String, byte[]> sources, List<String> classpath, List<String> options) {

    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeFiles(out, classes);
        Wire.writeFiles(out, sources);
        Wire.writeTexts(out, classpath);
        Wire.writeTexts(out, options);
        return bytes.toByteArray();
    }

    static AnalysisOrder decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new AnalysisOrder(Wire.readFiles(in), Wire.readFiles(in), Wire.readTexts(in), Wire.readTexts(in));
    }
}
