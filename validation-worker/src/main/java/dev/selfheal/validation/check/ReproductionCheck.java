package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.Reproduction;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TestJob;
import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Does the reproduction fail on the base as the error was reported, and pass with the patch? Failing after the patch
 * refutes, and so does a test that failed as reported and is skipped or gone after it, whatever the other tests of the
 * selector do. Not failing before proves nothing: the candidate may go to a person, never out by itself.
 */
public final class ReproductionCheck implements Check {

    private final Sandbox sandbox;
    private final Duration timeout;

    public ReproductionCheck(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "reproduction";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        Optional<Reproduction> reproduction = trial.job().proposal().getEvent().getReproduction();
        if (reproduction.isEmpty()) {
            return CheckReport.skipped(
                    "the error carries no reproduction",
                    finding("SH-REPRO-NONE", FindingLevel.NOTE, "without a reproduction a person must decide"));
        }
        String selector = reproduction.get().getSelector();
        Baseline baseline = trial.job().baseline();
        Optional<ProjectModule> module = baseline.moduleAt(reproduction.get().getModule());
        if (module.isEmpty()) {
            return notReproduced(
                    trial,
                    selector,
                    "the project has no module " + reproduction.get().getModule());
        }
        Before before = before(trial, module.get(), selector);
        return before.answer().isPresent()
                ? before.answer().get()
                : after(trial, module.get(), selector, before.failing());
    }

    /**
     * @param answer empty when the base fails as reported
     */
    private record Before(Optional<CheckReport> answer, FailingTests failing) {

        static Before answered(CheckReport answer) {
            return new Before(Optional.of(answer), new FailingTests(List.of()));
        }
    }

    private Before before(Trial trial, ProjectModule module, String selector) throws InterruptedException {
        Baseline baseline = trial.job().baseline();
        TestOutcome outcome = baseline.knownResults()
                .of(sandbox, module, List.of(selector), timeout, trial.job().deadline()::isPassed)
                .get(selector);
        if (outcome instanceof Stopped stopped) {
            return Before.answered(
                    stopped.containment().kind() == Containment.Kind.UNAVAILABLE
                            ? CheckReport.error(Containments.finding(stopped.containment(), "the reproduction"))
                            : notReproduced(
                                    trial,
                                    selector,
                                    "on the base it " + stopped.containment().detail()));
        }
        ReportedFailure reported = new ReportedFailure(trial.job().proposal().getEvent(), baseline::isInApp);
        List<TestResult> results = ((Completed) outcome).results();
        List<String> failing = results.stream()
                .filter(result -> result.failure().filter(reported::matches).isPresent())
                .map(TestResult::id)
                .toList();
        return failing.isEmpty()
                ? Before.answered(notReproduced(trial, selector, why(results, reported)))
                : new Before(Optional.empty(), new FailingTests(failing));
    }

    private static String why(List<TestResult> results, ReportedFailure reported) {
        return results.stream()
                .flatMap(result -> result.failure().stream())
                .findFirst()
                .map(failure -> "on the base it fails with " + failure.exceptionType() + ", reported was "
                        + reported.expected())
                .orElse(results.isEmpty() ? "no such test ran" : "it passes on the base");
    }

    private CheckReport after(Trial trial, ProjectModule module, String selector, FailingTests failing)
            throws InterruptedException {
        TestOutcome outcome = sandbox.test(new TestJob(
                trial.allClasses(),
                module.testClasspath(),
                module.directory(),
                List.of(selector),
                trial.job().deadline().atMost(timeout)));
        trial.reproduction(new ReproductionEvidence(Optional.of(selector), true, false));
        if (outcome instanceof Stopped stopped) {
            trial.contained(stopped.containment());
            var finding = Containments.finding(stopped.containment(), "with the patch the reproduction");
            return stopped.containment().kind() == Containment.Kind.UNAVAILABLE
                    ? CheckReport.error(finding)
                    : CheckReport.refuted(finding);
        }
        Optional<Finding> refutation = failing.refutation(((Completed) outcome).results());
        if (refutation.isPresent()) {
            return CheckReport.refuted(refutation.get());
        }
        trial.reproduction(new ReproductionEvidence(Optional.of(selector), true, true));
        return CheckReport.passed("fails before, passes after: " + selector);
    }

    private static CheckReport notReproduced(Trial trial, String selector, String why) {
        trial.reproduction(new ReproductionEvidence(Optional.of(selector), false, false));
        String message = "not reproduced: " + why;
        return CheckReport.skipped(message, finding("SH-REPRO-NOT-REPRODUCED", FindingLevel.WARNING, message));
    }
}
