package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.ProposedTest;
import dev.selfheal.event.Reproduction;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.KnownResults;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does the reproduction fail on the base as the error was reported, every time, and pass with the patch? Failing after the
 * patch refutes, and so does a test that failed as reported and is skipped or gone after it, whatever the other tests of
 * the selector do. Not failing before proves nothing: the candidate may go to a person, never out by itself. Where the
 * error carries no reproduction, a test of the proposer's own is taken, and run three times after the patch as well.
 */
public final class ReproductionCheck implements Check {

    /** A test whose author wanted it to pass is looked at more than once. */
    private static final int OWN_TEST_RUNS = 3;

    private final Sandbox sandbox;
    private final Duration timeout;
    private final OwnTest ownTests;

    public ReproductionCheck(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
        this.ownTests = new OwnTest(sandbox, timeout);
    }

    @Override
    public String name() {
        return "reproduction";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        Optional<Reproduction> reproduction = trial.job().proposal().getEvent().getReproduction();
        if (reproduction.isEmpty()) {
            Optional<ProposedTest> own = trial.candidate().getTest();
            return own.isPresent()
                    ? ownTest(trial, own.get())
                    : CheckReport.skipped(
                            "the error carries no reproduction",
                            finding("SH-REPRO-NONE", FindingLevel.NOTE, "without a reproduction a person must decide"));
        }
        String selector = reproduction.get().getSelector();
        String folder = reproduction.get().getModule();
        Optional<ProjectModule> module = trial.job().baseline().moduleAt(folder);
        return module.isPresent()
                ? prove(trial, new Reproducer(selector, module.get(), Map.of()))
                : notReproduced(trial, selector, "the project has no module " + folder);
    }

    private CheckReport ownTest(Trial trial, ProposedTest proposed) throws InterruptedException {
        OwnTest.Made made = ownTests.make(trial, proposed);
        return made.test().isPresent()
                ? prove(trial, made.test().get())
                : notReproduced(
                        trial, proposed.getClassName(), "the proposer's own test is no evidence: " + made.refusal());
    }

    private CheckReport prove(Trial trial, Reproducer test) throws InterruptedException {
        Before before = judge(trial, test, before(trial, test));
        return before.answer().isPresent() ? before.answer().get() : after(trial, test, before.failing());
    }

    private List<TestOutcome> before(Trial trial, Reproducer test) throws InterruptedException {
        if (!test.isOwn()) {
            int runs = Math.max(1, trial.job().policy().getChecks().getFlakyRuns());
            return trial.job()
                    .baseline()
                    .knownResults()
                    .repeated(
                            test.selector(),
                            runs,
                            new KnownResults.Reruns(
                                    sandbox, test.module(), timeout, trial.job().deadline()::isPassed));
        }
        List<TestOutcome> runs = new ArrayList<>();
        while (runs.size() < OWN_TEST_RUNS && !trial.job().deadline().isPassed()) {
            runs.add(sandbox.test(test.job(Map.of(), timeout)));
        }
        return runs;
    }

    /**
     * @param answer empty when the base fails as reported
     */
    private record Before(Optional<CheckReport> answer, FailingTests failing) {

        static Before answered(CheckReport answer) {
            return new Before(Optional.of(answer), new FailingTests(List.of()));
        }
    }

    private static Before judge(Trial trial, Reproducer test, List<TestOutcome> runs) {
        Baseline baseline = trial.job().baseline();
        ReportedFailure reported = new ReportedFailure(trial.job().proposal().getEvent(), baseline::isInApp);
        List<String> failing = new ArrayList<>();
        int asReported = 0;
        for (TestOutcome outcome : runs) {
            if (outcome instanceof Stopped stopped) {
                return Before.answered(stopped(trial, test.selector(), stopped.containment()));
            }
            List<String> ids = failing(((Completed) outcome).results(), reported);
            if (asReported == 0 && ids.isEmpty()) {
                return Before.answered(
                        notReproduced(trial, test.selector(), why(((Completed) outcome).results(), reported)));
            }
            asReported += ids.isEmpty() ? 0 : 1;
            ids.stream().filter(id -> !failing.contains(id)).forEach(failing::add);
        }
        return asReported > 0 && asReported == runs.size()
                ? new Before(Optional.empty(), new FailingTests(failing))
                : Before.answered(notReproduced(
                        trial,
                        test.selector(),
                        "on the base it fails as reported in " + asReported + " of " + runs.size() + " runs"));
    }

    private static List<String> failing(List<TestResult> results, ReportedFailure reported) {
        return results.stream()
                .filter(result -> result.failure().filter(reported::matches).isPresent())
                .map(TestResult::id)
                .toList();
    }

    private static CheckReport stopped(Trial trial, String selector, Containment containment) {
        return containment.kind() == Containment.Kind.UNAVAILABLE
                ? CheckReport.error(Containments.finding(containment, "the reproduction"))
                : notReproduced(trial, selector, "on the base it " + containment.detail());
    }

    private static String why(List<TestResult> results, ReportedFailure reported) {
        return results.stream()
                .flatMap(result -> result.failure().stream())
                .findFirst()
                .map(failure -> "on the base it fails with " + failure.exceptionType() + ", reported was "
                        + reported.expected())
                .orElse(results.isEmpty() ? "no such test ran" : "it passes on the base");
    }

    private CheckReport after(Trial trial, Reproducer test, FailingTests failing) throws InterruptedException {
        trial.reproduction(new ReproductionEvidence(Optional.of(test.selector()), true, false, test.isOwn()));
        for (int run = 0; run < (test.isOwn() ? OWN_TEST_RUNS : 1); run++) {
            TestOutcome outcome = sandbox.test(
                    test.job(trial.allClasses(), trial.job().deadline().atMost(timeout)));
            if (outcome instanceof Stopped stopped) {
                trial.contained(stopped.containment());
                Finding finding = Containments.finding(stopped.containment(), "with the patch the reproduction");
                return stopped.containment().kind() == Containment.Kind.UNAVAILABLE
                        ? CheckReport.error(finding)
                        : CheckReport.refuted(finding);
            }
            Optional<Finding> refutation = failing.refutation(((Completed) outcome).results());
            if (refutation.isPresent()) {
                return CheckReport.refuted(refutation.get());
            }
        }
        trial.reproduction(new ReproductionEvidence(Optional.of(test.selector()), true, true, test.isOwn()));
        trial.reproducer(test);
        return CheckReport.passed("fails before, passes after: " + test.selector());
    }

    private static CheckReport notReproduced(Trial trial, String selector, String why) {
        trial.reproduction(new ReproductionEvidence(Optional.of(selector), false, false));
        String message = "not reproduced: " + why;
        return CheckReport.skipped(message, finding("SH-REPRO-NOT-REPRODUCED", FindingLevel.WARNING, message));
    }
}
