package dev.selfheal.validation.sandbox.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the analysers said.
 *
 * @param unread what an analyser left out, in words that are the same for the same thing on the base
 */
public record AnalysisReport(List<Issue> issues, List<String> unread) {

    /** How much an analyser makes of an issue. */
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH
    }

    /**
     * @param rule with the analyser's name: {@code SPOTBUGS-NP_ALWAYS_NULL}
     * @param identity the same for the same issue wherever the lines around it moved it
     * @param path from the repository's root, or the end of it as the class file has it; empty when it is not known
     * @param line from 1; 0 when unknown
     * @param cwe number of the weakness; 0 when the analyser names none
     */
    public record Issue(
            String rule, Severity severity, String identity, String message, String path, int line, int cwe) {}

    /** Of each issue as many as there are more here than before. */
    public List<Issue> beyond(AnalysisReport before) {
        Map<String, Integer> known = new HashMap<>();
        before.issues().forEach(issue -> known.merge(issue.rule() + "\n" + issue.identity(), 1, Integer::sum));
        return issues.stream()
                .filter(issue -> known.merge(issue.rule() + "\n" + issue.identity(), -1, Integer::sum) < 0)
                .toList();
    }

    static AnalysisReport nothing() {
        return new AnalysisReport(List.of(), List.of());
    }

    AnalysisReport and(AnalysisReport other) {
        return new AnalysisReport(concat(issues, other.issues), concat(unread, other.unread));
    }

    private static <T> List<T> concat(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** What was left out here and not before. */
    public List<String> unreadBeyond(AnalysisReport before) {
        return unread.stream().filter(left -> !before.unread().contains(left)).toList();
    }

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Wire.writeTexts(out, unread);
        out.writeInt(issues.size());
        for (Issue issue : issues) {
            Wire.writeText(out, issue.rule());
            Wire.writeText(out, issue.severity().name());
            Wire.writeText(out, issue.identity());
            Wire.writeText(out, issue.message());
            Wire.writeText(out, issue.path());
            out.writeInt(issue.line());
            out.writeInt(issue.cwe());
        }
        return bytes.toByteArray();
    }

    public static AnalysisReport decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        List<String> unread = Wire.readTexts(in);
        int count = Wire.readCount(in);
        List<Issue> issues = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String rule = Wire.readText(in);
            issues.add(new Issue(
                    rule,
                    Wire.readEnum(in, Severity.class),
                    Wire.readText(in),
                    Wire.readText(in),
                    Wire.readText(in),
                    in.readInt(),
                    in.readInt()));
        }
        return new AnalysisReport(issues, unread);
    }
}
