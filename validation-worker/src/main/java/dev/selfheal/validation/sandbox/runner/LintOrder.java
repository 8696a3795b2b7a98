package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What to hold against a project's own Checkstyle rules.
 *
 * @param rules Checkstyle's configuration, XML
 * @param properties that it refers to, as {@code name=value}
 * @param before path from the repository's root to UTF-8 text, on the base
 * @param after the same with the patch
 */
public record LintOrder(String rules, List<String> properties, Map<String, byte[]> before, Map<String, byte[]> after) {

    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeText(out, rules);
        Wire.writeTexts(out, properties);
        Wire.writeFiles(out, before);
        Wire.writeFiles(out, after);
        return bytes.toByteArray();
    }

    static LintOrder decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new LintOrder(Wire.readText(in), Wire.readTexts(in), Wire.readFiles(in), Wire.readFiles(in));
    }
}
