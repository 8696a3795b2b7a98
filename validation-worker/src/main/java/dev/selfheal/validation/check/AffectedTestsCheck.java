package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CheckOutcome;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Do the tests that may notice the change still do what they do on the base? Only new failures of tests
 * that the base passes reliably count. A test class that cannot be run on the base is left out, and then a person decides.
 */
public final class AffectedTestsCheck implements Check {

    private final Sandbox sandbox;
    private final AffectedTests selection;
    private final Duration timeout;
    private final Reruns reruns;

    public AffectedTestsCheck(Sandbox sandbox, AffectedTests selection, Duration timeout) {
        this.sandbox = sandbox;
        this.selection = selection;
        this.timeout = timeout;
        this.reruns = new Reruns(sandbox, timeout);
    }

    @Override
    public String name() {
        return "affected-tests";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        CheckReport last = CheckReport.skipped("no test mentions the changed classes");
        for (Map.Entry<ProjectModule, Map<String, byte[]>> part :
                trial.classes().entrySet()) {
            last = module(trial, part.getKey(), part.getValue());
            findings.addAll(last.findings());
            if (last.ends()) {
                break;
            }
        }
        return new CheckReport(last.outcome(), last.summary(), findings);
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
        Deadline deadline = trial.job().deadline();
        Map<String, TestOutcome> known =
                baseline.knownResults().of(sandbox, module, tests.classes(), timeout, deadline::isPassed);
        BaseResults base = BaseResults.of(known);
        if (base.unavailable().isPresent()) {
            return CheckReport.error(Containments.finding(base.unavailable().get(), "on the base the affected tests"));
        }
        List<Finding> findings = findings(base, tests.found() - tests.classes().size());
        if (base.usable().isEmpty()) {
            return new CheckReport(CheckOutcome.SKIPPED, "the affected tests cannot be run on the base", findings);
        }
        TestOutcome outcome = sandbox.test(new TestJob(
                trial.allClasses(),
                module.testClasspath(),
                module.directory(),
                base.usable(),
                deadline.atMost(timeout)));
        return judge(trial, module, outcome, base.before(), findings);
    }

    /** What the run cannot tell, for the verdict: a test that is not run may be the one that would have failed. */
    private static List<Finding> findings(BaseResults base, int leftOut) {
        List<Finding> findings = new ArrayList<>();
        base.stopped()
                .forEach((test, containment) -> findings.add(finding(
                        "SH-TESTS-UNUSABLE",
                        FindingLevel.WARNING,
                        test + " cannot be run on the base, so nothing is known about it: " + containment.detail())));
        if (leftOut > 0) {
            findings.add(finding(
                    "SH-TESTS-LEFT-OUT", FindingLevel.NOTE, leftOut + " affected test class(es) were left out"));
        }
        return findings;
    }

    private CheckReport judge(
            Trial trial,
            ProjectModule module,
            TestOutcome outcome,
            Map<String, Status> before,
            List<Finding> aboutBase)
            throws InterruptedException {
        if (outcome instanceof Stopped stopped) {
            trial.contained(stopped.containment());
            Finding finding = Containments.finding(stopped.containment(), "with the patch the affected tests");
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
