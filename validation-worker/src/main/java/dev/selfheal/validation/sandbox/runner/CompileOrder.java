package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What to compile, against what.
 *
 * @param sources path below a source root to UTF-8 text
 * @param classpath absolute paths as seen inside the sandbox
 */
public record CompileOrder(Map<String, byte[]> sources, List<String> classpath, List<String> options) {

    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeFiles(out, sources);
        Wire.writeTexts(out, classpath);
        Wire.writeTexts(out, options);
        return bytes.toByteArray();
    }

    static CompileOrder decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new CompileOrder(Wire.readFiles(in), Wire.readTexts(in), Wire.readTexts(in));
    }

    String text(String path) {
        return new String(sources.get(path), StandardCharsets.UTF_8);
    }
}
