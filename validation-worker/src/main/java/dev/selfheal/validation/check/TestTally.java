package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts results against the base, by test id. Confined to one thread. */
final class TestTally {

    private static final int FAILURES_SHOWN = 10;

    private final Map<String, Status> before;
    private final Set<String> seen = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private int run;
    private int passing;
    private int knownFailures;
    private int newFailures;
    private String first = "";

    TestTally(Map<String, Status> before) {
        this.before = before;
    }

    void add(TestResult result) {
        seen.add(result.id());
        Status known = before.get(result.id());
        run += result.status() == Status.SKIPPED ? 0 : 1;
        if (result.status() == Status.FAILED) {
            if (known == Status.FAILED) {
                knownFailures++;
            } else {
                failed(result);
            }
        } else if (result.status() == Status.PASSED && known == Status.PASSED) {
            passing++;
        } else if (result.status() == Status.SKIPPED && known == Status.PASSED) {
            newFailures++;
            first = first.isEmpty() ? result.id() : first;
            findings.add(finding("SH-TESTS-SKIPPED", FindingLevel.ERROR, result.id() + " no longer runs"));
        }
    }

    /** A test that is not reported any more may have been talked out of running. */
    void missing() {
        before.forEach((id, known) -> {
            if (known == Status.PASSED && !seen.contains(id)) {
                newFailures++;
                first = first.isEmpty() ? id : first;
                findings.add(finding("SH-TESTS-MISSING", FindingLevel.ERROR, id + " is no longer reported"));
            }
        });
    }

    private void failed(TestResult result) {
        newFailures++;
        first = first.isEmpty() ? result.id() : first;
        if (findings.size() < FAILURES_SHOWN) {
            String why = result.failure()
                    .map(f -> f.exceptionType() + ": " + f.message())
                    .orElse("failed");
            findings.add(finding("SH-TESTS-FAIL", FindingLevel.ERROR, result.id() + ": " + why));
        }
    }

    /**
     * Refuted when a test newly fails, else passed.
     *
     * @param aboutBase what the verdict has to know besides
     */
    CheckReport report(List<Finding> aboutBase) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(aboutBase);
        return newFailures > 0
                ? CheckReport.refuted(newFailures + " test(s) newly fail: " + first, all)
                : new CheckReport(
                        CheckOutcome.PASSED, run + " test(s), no new failure, " + knownFailures + " known", all);
    }

    TestEvidence evidence(TestEvidence sofar) {
        return new TestEvidence(
                sofar.run() + run,
                sofar.passing() + passing,
                sofar.knownFailures() + knownFailures,
                sofar.newFailures() + newFailures);
    }
}
