package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts results against the base, by test id. Confined to one thread. */
final class TestTally {

    private static final int FAILURES_SHOWN = 10;

    private final Map<String, Status> before;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Finding> newFailures = new LinkedHashMap<>();
    private final List<Finding> excuses = new ArrayList<>();
    private int run;
    private int passing;
    private int knownFailures;

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
            newFailures.put(
                    result.id(), finding("SH-TESTS-SKIPPED", FindingLevel.ERROR, result.id() + " no longer runs"));
        }
    }

    /** A test that is not reported any more may have been talked out of running. */
    void missing() {
        before.forEach((id, known) -> {
            if (known == Status.PASSED && !seen.contains(id)) {
                newFailures.put(id, finding("SH-TESTS-MISSING", FindingLevel.ERROR, id + " is no longer reported"));
            }
        });
    }

    private void failed(TestResult result) {
        String why = result.failure()
                .map(failure -> failure.exceptionType() + ": " + failure.message())
                .orElse("failed");
        newFailures.put(result.id(), finding("SH-TESTS-FAIL", FindingLevel.ERROR, result.id() + ": " + why));
    }

    /** Ids of the tests that pass on the base and do not with the patch, in the order they were reported. */
    List<String> newFailures() {
        return List.copyOf(newFailures.keySet());
    }

    /** The failure is not the patch's doing, or not certainly; the finding says why and stands in its place. */
    void excuse(String id, Finding why) {
        newFailures.remove(id);
        excuses.add(why);
    }

    /**
     * Refuted when a test newly fails, else passed.
     *
     * @param aboutBase what the verdict has to know besides
     */
    CheckReport report(List<Finding> aboutBase) {
        List<Finding> all = new ArrayList<>(
                newFailures.values().stream().limit(FAILURES_SHOWN).toList());
        all.addAll(excuses);
        all.addAll(aboutBase);
        return newFailures.isEmpty()
                ? new CheckReport(
                        CheckOutcome.PASSED, run + " test(s), no new failure, " + knownFailures + " known", all)
                : CheckReport.refuted(
                        newFailures.size() + " test(s) newly fail: "
                                + newFailures.keySet().iterator().next(),
                        all);
    }

    TestEvidence evidence(TestEvidence sofar) {
        return new TestEvidence(
                sofar.before() + before.size(),
                sofar.run() + run,
                sofar.passing() + passing,
                sofar.knownFailures() + knownFailures,
                sofar.newFailures() + newFailures.size());
    }
}
