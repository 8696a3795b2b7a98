package dev.selfheal.validation.check;

import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.finding.Findings;
import java.util.List;
import java.util.function.Consumer;

/**
 * A check's answer.
 *
 * @param summary one line for people
 * @param ends true when nothing after this check may run for the candidate
 * @param evidence what to write down about the candidate if this answer counts: of checks that ran side by side, those
 *     after one that ended the trial do not
 */
public record CheckReport(
        CheckOutcome outcome, String summary, List<Finding> findings, boolean ends, Consumer<Trial> evidence) {

    public CheckReport {
        findings = List.copyOf(findings);
    }

    /** Ends the trial when it failed or could not be carried out. */
    public CheckReport(CheckOutcome outcome, String summary, List<Finding> findings) {
        this(outcome, summary, findings, outcome == CheckOutcome.FAILED || outcome == CheckOutcome.ERROR);
    }

    public CheckReport(CheckOutcome outcome, String summary, List<Finding> findings, boolean ends) {
        this(outcome, summary, findings, ends, trial -> {});
    }

    /** The same with more to write down. */
    CheckReport with(Consumer<Trial> more) {
        return new CheckReport(outcome, summary, findings, ends, evidence.andThen(more));
    }

    public static CheckReport passed(String summary, Finding... findings) {
        return new CheckReport(CheckOutcome.PASSED, summary, List.of(findings));
    }

    /** The candidate is wrong; nothing after this runs. */
    public static CheckReport refuted(String summary, List<Finding> findings) {
        return new CheckReport(CheckOutcome.FAILED, summary, findings);
    }

    public static CheckReport refuted(Finding finding) {
        return refuted(finding.getMessage(), List.of(finding));
    }

    /** There was nothing to check. */
    public static CheckReport skipped(String summary, Finding... findings) {
        return new CheckReport(CheckOutcome.SKIPPED, summary, List.of(findings));
    }

    /** The candidate may not be tried any further, and is neither proven nor refuted: a person decides. */
    public static CheckReport undecided(Finding finding) {
        return new CheckReport(CheckOutcome.SKIPPED, finding.getMessage(), List.of(finding), true);
    }

    /** The check itself could not be carried out: the candidate is neither proven nor refuted, and nothing after this runs. */
    public static CheckReport error(Finding finding) {
        return new CheckReport(CheckOutcome.ERROR, finding.getMessage(), List.of(finding));
    }

    /** Refuted when a finding is an error, else passed. */
    public static CheckReport of(List<Finding> findings, String cleanSummary) {
        return findings.stream()
                .filter(finding -> finding.getLevel() == FindingLevel.ERROR)
                .findFirst()
                .map(first -> refuted(first.getMessage(), findings))
                .orElseGet(() -> new CheckReport(
                        CheckOutcome.PASSED,
                        findings.isEmpty() ? cleanSummary : findings.size() + " for a reviewer",
                        findings));
    }

    static Finding finding(String ruleId, FindingLevel level, String message) {
        return Findings.of(ruleId, level, message, "", 0);
    }

    static Finding finding(String ruleId, FindingLevel level, String message, String path, int line) {
        return Findings.of(ruleId, level, message, path, line);
    }
}
