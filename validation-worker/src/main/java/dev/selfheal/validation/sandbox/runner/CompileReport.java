package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the compiler said.
 *
 * @param classes binary name to class file; empty when refused
 */
public record CompileReport(boolean compiled, Map<String, byte[]> classes, List<Problem> problems) {

    /**
     * One error of the compiler.
     *
     * @param path as in the order; empty when the error is about no source
     * @param line from 1; 0 when unknown
     */
    public record Problem(String path, int line, String message) {}

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBoolean(compiled);
        Wire.writeFiles(out, classes);
        out.writeInt(problems.size());
        for (Problem problem : problems) {
            Wire.writeText(out, problem.path());
            out.writeInt(problem.line());
            Wire.writeText(out, problem.message());
        }
        return bytes.toByteArray();
    }

    public static CompileReport decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        boolean compiled = in.readBoolean();
        Map<String, byte[]> classes = Wire.readFiles(in);
        int count = Wire.readCount(in);
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            problems.add(new Problem(Wire.readText(in), in.readInt(), Wire.readText(in)));
        }
        return new CompileReport(compiled, classes, problems);
    }
}
