package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TestJob;
import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs test classes on the base, which is remembered, and with the patch, and reports what newly fails. Thread-safe. */
final class TestComparison {

    private final Sandbox sandbox;
    private final Duration timeout;
    private final Reruns reruns;

    TestComparison(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
        this.reruns = new Reruns(sandbox, timeout);
    }

    /**
     * The answer of a check that has chosen these classes.
     *
     * @param about what the verdict has to know besides
     */
    CheckReport of(Trial trial, ProjectModule module, List<String> tests, List<Finding> about)
            throws InterruptedException {
        Deadline deadline = trial.job().deadline();
        BaseResults base = BaseResults.of(
                trial.job().baseline().knownResults().of(sandbox, module, tests, timeout, deadline::isPassed));
        if (base.unavailable().isPresent()) {
            return CheckReport.error(Containments.finding(base.unavailable().get(), "on the base the tests"));
        }
        List<Finding> findings = unusable(base);
        findings.addAll(about);
        if (base.usable().isEmpty()) {
            return new CheckReport(CheckOutcome.SKIPPED, "the tests cannot be run on the base", findings);
        }
        trial.tested(module, base.usable());
        TestOutcome outcome = sandbox.test(new TestJob(
                trial.allClasses(),
                module.testClasspath(),
                module.directory(),
                base.usable(),
                deadline.atMost(timeout)));
        return judge(trial, module, outcome, base.before(), findings);
    }

    /** What the run cannot tell, for the verdict: a test that is not run may be the one that would have failed. */
    private static List<Finding> unusable(BaseResults base) {
        List<Finding> findings = new ArrayList<>();
        base.stopped()
                .forEach((test, containment) -> findings.add(finding(
                        "SH-TESTS-UNUSABLE",
                        FindingLevel.WARNING,
                        test + " cannot be run on the base, so nothing is known about it: " + containment.detail())));
        return findings;
    }

    private CheckReport judge(
            Trial trial, ProjectModule module, TestOutcome outcome, Map<String, Status> before, List<Finding> aboutBase)
            throws InterruptedException {
        if (outcome instanceof Stopped stopped) {
            trial.contained(stopped.containment());
            Finding finding = Containments.finding(stopped.containment(), "with the patch the tests");
            return stopped.containment().kind() == Containment.Kind.UNAVAILABLE
                    ? CheckReport.error(finding)
                    : CheckReport.refuted(finding);
        }
        TestTally tally = new TestTally(before);
        ((Completed) outcome).results().forEach(tally::add);
        tally.missing();
        reruns.settle(trial, module, tally);
        trial.tests(tally.evidence(trial.tests()));
        return tally.report(aboutBase);
    }
}
