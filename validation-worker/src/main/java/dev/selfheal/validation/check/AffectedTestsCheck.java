package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.baseline.AffectedTests;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TestJob;
import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Do the tests that may notice the change still do what they do on the base? Only new failures count; tests that fail,
 * or cannot be run, on the base are left out.
 */
public final class AffectedTestsCheck implements Check {

    private static final int FAILURES_SHOWN = 10;

    private final Sandbox sandbox;
    private final AffectedTests selection;
    private final Duration timeout;

    public AffectedTestsCheck(Sandbox sandbox, AffectedTests selection, Duration timeout) {
        this.sandbox = sandbox;
        this.selection = selection;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "affected-tests";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        CheckReport last = CheckReport.skipped("no test mentions the changed classes");
        for (Map.Entry<ProjectModule, Map<String, byte[]>> part :
                trial.classes().entrySet()) {
            last = module(trial, part.getKey(), part.getValue());
            if (last.ends()) {
                return last;
            }
        }
        return last;
    }

    private CheckReport module(Trial trial, ProjectModule module, Map<String, byte[]> classes)
            throws InterruptedException {
        Baseline baseline = trial.job().baseline();
        AffectedTests.Selection tests = selection.select(baseline.indexes(module), classes.keySet());
        if (tests.classes().isEmpty()) {
            return CheckReport.skipped(
                    "no test mentions the changed classes",
                    finding("SH-TESTS-NONE", FindingLevel.NOTE, "no existing test can notice this change"));
        }
        Map<String, TestOutcome> known = baseline.knownResults()
                .of(sandbox, module, tests.classes(), trial.job().deadline().atMost(timeout));
        List<String> usable = new ArrayList<>();
        Map<String, Status> before = new HashMap<>();
        known.forEach((test, outcome) -> {
            if (outcome instanceof Completed completed) {
                usable.add(test);
                completed.results().forEach(result -> before.put(result.id(), result.status()));
            }
        });
        if (usable.isEmpty()) {
            return CheckReport.skipped(
                    "the affected tests cannot be run on the base",
                    finding("SH-TESTS-UNUSABLE", FindingLevel.WARNING, "the affected tests cannot be run on the base"));
        }
        TestOutcome outcome = sandbox.test(new TestJob(
                trial.allClasses(),
                module.testClasspath(),
                module.directory(),
                usable,
                trial.job().deadline().atMost(timeout)));
        return judge(trial, outcome, before, tests.found() - usable.size());
    }

    private static CheckReport judge(Trial trial, TestOutcome outcome, Map<String, Status> before, int leftOut) {
        if (outcome instanceof Stopped stopped) {
            trial.contained(stopped.containment());
            Finding finding = Containments.finding(stopped.containment(), "with the patch the affected tests");
            return stopped.containment().kind() == Containment.Kind.UNAVAILABLE
                    ? CheckReport.error(finding)
                    : CheckReport.refuted(finding);
        }
        Tally tally = new Tally(before);
        ((Completed) outcome).results().forEach(tally::add);
        tally.missing();
        trial.tests(tally.evidence(trial.tests()));
        if (!tally.findings.isEmpty()) {
            return CheckReport.refuted(tally.newFailures + " test(s) newly fail: " + tally.first, tally.findings);
        }
        String summary = tally.run + " test(s), no new failure, " + tally.knownFailures + " known";
        return leftOut == 0
                ? CheckReport.passed(summary)
                : CheckReport.passed(
                        summary,
                        finding(
                                "SH-TESTS-LEFT-OUT",
                                FindingLevel.NOTE,
                                leftOut + " affected test class(es) were left out"));
    }

    /** Counts results against the base, by test id. */
    private static final class Tally {

        private final Map<String, Status> before;
        private final Set<String> seen = new HashSet<>();
        private final List<Finding> findings = new ArrayList<>();
        private int run;
        private int passing;
        private int knownFailures;
        private int newFailures;
        private String first = "";

        Tally(Map<String, Status> before) {
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

        TestEvidence evidence(TestEvidence sofar) {
            return new TestEvidence(
                    sofar.run() + run,
                    sofar.passing() + passing,
                    sofar.knownFailures() + knownFailures,
                    sofar.newFailures() + newFailures);
        }
    }
}
