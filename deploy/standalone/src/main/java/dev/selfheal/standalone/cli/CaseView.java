package dev.selfheal.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.standalone.cli.Terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A case as a reviewer sees it. Its text comes from errors and models, so nothing in it reaches the terminal as a control
 * sequence.
 */
final class CaseView {

    /** Control characters but tab and newline, and invisible ones that reorder text. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\t\\n]]");

    private final Terminal terminal;

    CaseView(Terminal terminal) {
        this.terminal = terminal;
    }

    void rows(List<JsonNode> cases) {
        for (JsonNode row : cases) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%-26s %-16s %s  confidence %.2f  %s",
                    text(row, "caseId"),
                    text(row, "service"),
                    text(row, "updatedAt"),
                    row.path("confidence").asDouble(),
                    text(row, "reason")));
        }
    }

    void whole(JsonNode found) {
        JsonNode verdict = found.path("verdict");
        terminal.line(terminal.paint(Style.BOLD, text(found, "caseId")) + "  " + text(found, "service") + "  "
                + terminal.paint(Style.YELLOW, text(found, "state")) + " since " + text(found, "updatedAt"));
        field("group", text(found, "group"));
        field("error", text(found.path("classification"), "errorType"));
        found.path("history")
                .forEach(step -> field(
                        "history",
                        text(step, "at") + "  " + text(step, "from") + " → " + text(step, "to") + "  "
                                + text(step, "reason")));
        if (verdict.isMissingNode()) {
            terminal.line("  no verdict yet");
            return;
        }
        verdict(verdict);
        evidence(verdict.path("evidence"));
        verdict.path("checks").forEach(this::check);
        if (!text(verdict, "diffSha256").equals(text(found, "diffSha256"))) {
            terminal.line(terminal.paint(Style.RED, "  this diff is not the one the case stands on"));
        }
        terminal.diff(text(verdict, "diff"));
    }

    /** What a decision led to. */
    void changed(JsonNode found) {
        JsonNode history = found.path("history");
        String reason = history.isEmpty() ? "" : ": " + text(history.get(history.size() - 1), "reason");
        terminal.line(text(found, "caseId") + " is now " + terminal.paint(Style.BOLD, text(found, "state")) + reason);
    }

    private void verdict(JsonNode verdict) {
        JsonNode candidate = verdict.path("candidate");
        field(
                "verdict",
                text(verdict, "verdict") + " of attempt " + text(verdict, "attempt") + ": " + text(verdict, "reason"));
        field(
                "confidence",
                String.format(
                        Locale.ROOT, "%.2f  (%s)", verdict.path("confidence").asDouble(), factors(verdict)));
        field("proposed", text(candidate.path("origin"), "name") + ": " + text(candidate, "explanation"));
        field("base", text(verdict, "baseCommit"));
        field("patch", "sha256 " + text(verdict, "diffSha256"));
    }

    private static String factors(JsonNode verdict) {
        List<String> factors = new ArrayList<>();
        verdict.path("confidenceFactors")
                .properties()
                .forEach(factor -> factors.add(String.format(
                        Locale.ROOT,
                        "%s %.2f",
                        clean(factor.getKey()),
                        factor.getValue().asDouble())));
        return String.join(", ", factors);
    }

    private void evidence(JsonNode evidence) {
        boolean reproduced = evidence.has("reproduction");
        field(
                "evidence",
                reproduced
                        ? text(evidence, "reproduction") + " "
                                + (evidence.path("failedBefore").asBoolean() ? "fails" : "does not fail") + " before, "
                                + (evidence.path("passedAfter").asBoolean() ? "passes" : "does not pass") + " after"
                        : "no test shows the error");
        field(
                "tests",
                text(evidence, "testsRun") + " run, " + text(evidence, "newFailures") + " new failures, "
                        + text(evidence, "knownFailures") + " known, isolation " + text(evidence, "isolation"));
    }

    private void check(JsonNode check) {
        boolean passed = text(check, "outcome").equals("PASSED");
        String mark = passed ? "ok" : text(check, "outcome").toLowerCase(Locale.ROOT);
        field(
                "check",
                terminal.paint(passed ? Style.GREEN : Style.YELLOW, String.format(Locale.ROOT, "%-8s", mark))
                        + String.format(Locale.ROOT, "%-18s ", text(check, "name"))
                        + text(check, "summary"));
        check.path("findings")
                .forEach(finding -> field(
                        "",
                        text(finding, "level") + " " + text(finding, "ruleId") + place(finding) + ": "
                                + text(finding, "message")));
    }

    private static String place(JsonNode finding) {
        return finding.has("path") ? " " + text(finding, "path") + ":" + text(finding, "line") : "";
    }

    private void field(String name, String value) {
        terminal.line(String.format(Locale.ROOT, "  %-10s ", name) + value);
    }

    private static String text(JsonNode node, String field) {
        return clean(node.path(field).asText());
    }

    /** What a stranger wrote, with nothing in it that a terminal would obey. */
    static String clean(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
    }
}
