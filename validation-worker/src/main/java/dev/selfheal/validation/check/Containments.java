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

    /**
     * Of a check that measures: what was to be measured with the patch was not. A report that cannot be true refutes, and
     * anything else is for a person, for a check that could not look must not pass for one that found nothing.
     */
    static CheckReport unmeasured(Containment containment, String what) {
        Finding finding = unmeasuredFinding(containment, what);
        CheckReport report = finding.getLevel() == FindingLevel.ERROR
                ? CheckReport.refuted(finding)
                : CheckReport.skipped(finding.getMessage(), finding);
        return report.with(trial -> trial.contained(containment));
    }

    static Finding unmeasuredFinding(Containment containment, String what) {
        return CheckReport.finding(
                "SH-SANDBOX-" + containment.kind().name(),
                containment.kind() == Containment.Kind.FORGED ? FindingLevel.ERROR : FindingLevel.WARNING,
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
