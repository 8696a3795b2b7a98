package dev.selfheal.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The evidence of a signed statement, in lines for people. What an older statement does not hold is left out. */
final class EvidenceView {

    private EvidenceView() {}

    static List<String> lines(JsonNode predicate) {
        JsonNode evidence = predicate.path("evidence");
        List<String> lines = new ArrayList<>();
        lines.add(reproduction(evidence));
        lines.add(tests(evidence));
        if (evidence.path("mutants").asInt() > 0) {
            lines.add(number(evidence, "mutantsKilled") + " of " + number(evidence, "mutants")
                    + " mutants of the patched lines noticed");
        }
        if (evidence.path("callsCompared").asInt() > 0) {
            lines.add(number(evidence, "callsCompared") + " calls compared, " + number(evidence, "callsChanged")
                    + " end otherwise");
        }
        evidence.path("newEffects").forEach(effect -> lines.add("newly reaches for " + effect.asText()));
        evidence.path("flaky").forEach(test -> lines.add(flaky(test)));
        measured(evidence, lines);
        lines.add("isolation " + predicate.path("isolation").asText() + ", JVM "
                + evidence.path("jvm").asText());
        return lines;
    }

    private static String reproduction(JsonNode evidence) {
        if (!evidence.has("reproduction")) {
            return "no test shows the error";
        }
        return evidence.path("reproduction").asText()
                + (evidence.path("ownTest").asBoolean() ? " (the proposer's own)" : "")
                + (evidence.path("failedBefore").asBoolean() ? " fails before, " : " does not fail before, ")
                + (evidence.path("passedAfter").asBoolean() ? "passes after" : "does not pass after");
    }

    private static String tests(JsonNode evidence) {
        String before = evidence.has("testsBefore") ? number(evidence, "testsBefore") + " tests before, " : "";
        String both = evidence.has("testsPassing") ? number(evidence, "testsPassing") + " pass on both, " : "";
        return before + number(evidence, "testsRun") + " run, " + both + number(evidence, "newFailures")
                + " newly fail, " + number(evidence, "knownFailures") + " known";
    }

    private static String flaky(JsonNode test) {
        return "flaky on the base, not counted: " + test.path("test").asText() + " (" + number(test, "passed")
                + " passed, " + number(test, "failed") + " failed)";
    }

    private static void measured(JsonNode evidence, List<String> lines) {
        if (evidence.has("slowdown")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "time %.2f, allocation %.2f times the base's",
                    evidence.path("slowdown").asDouble(),
                    evidence.path("allocation").asDouble()));
        }
        if (evidence.has("quality")) {
            lines.add(String.format(
                    Locale.ROOT, "quality %.1f of 10", evidence.path("quality").asDouble()));
        }
    }

    private static String number(JsonNode node, String field) {
        return String.valueOf(node.path(field).asLong());
    }
}
