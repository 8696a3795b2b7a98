package dev.selfheal.validation.check;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.sandbox.Containment;

/** Findings about stopped processes: one rule id per kind. */
final class Containments {

    private Containments() {}

    static Finding finding(Containment containment, String what) {
        return CheckReport.finding(
                "SH-SANDBOX-" + containment.kind().name(),
                FindingLevel.ERROR,
                what + " " + words(containment.kind()) + ": " + containment.detail());
    }

    private static String words(Containment.Kind kind) {
        return switch (kind) {
            case TIMEOUT -> "ran past its time and was stopped";
            case LIMIT -> "passed a limit and was stopped";
            case DIED -> "ended before it reported";
            case FORGED -> "gave a report that cannot be true";
            case UNAVAILABLE -> "could not be run in the sandbox";
        };
    }
}
