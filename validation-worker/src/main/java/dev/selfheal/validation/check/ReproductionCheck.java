package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.Reproduction;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TestJob;
import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Failure;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Does the reproduction fail on the base as the error was reported, and pass with the patch? Failing after the patch
 * refutes. Not failing before proves nothing: the candidate may go to a person, never out by itself.
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
        Optional<CheckReport> before = before(trial, module.get(), selector);
        return before.isPresent() ? before.get() : after(trial, module.get(), selector);
    }

    /** Empty when the base fails as reported. */
    private Optional<CheckReport> before(Trial trial, ProjectModule module, String selector)
            throws InterruptedException {
        Baseline baseline = trial.job().baseline();
        TestOutcome outcome = baseline.knownResults()
                .of(sandbox, module, List.of(selector), timeout, trial.job().deadline()::isPassed)
                .get(selector);
        if (outcome instanceof Stopped stopped) {
            return Optional.of(
                    stopped.containment().kind() == Containment.Kind.UNAVAILABLE
                            ? CheckReport.error(Containments.finding(stopped.containment(), "the reproduction"))
                            : notReproduced(
                                    trial,
                                    selector,
                                    "on the base it " + stopped.containment().detail()));
        }
        ReportedFailure reported = new ReportedFailure(trial.job().proposal().getEvent(), baseline::isInApp);
        List<TestResult> results = ((Completed) outcome).results();
        List<Failure> failures =
                results.stream().flatMap(result -> result.failure().stream()).toList();
        if (failures.isEmpty()) {
            return Optional.of(
                    notReproduced(trial, selector, results.isEmpty() ? "no such test ran" : "it passes on the base"));
        }
        if (failures.stream().noneMatch(reported::matches)) {
            return Optional.of(notReproduced(
                    trial,
                    selector,
                    "on the base it fails with " + failures.get(0).exceptionType() + ", reported was "
                            + reported.expected()));
        }
        return Optional.empty();
    }

    private CheckReport after(Trial trial, ProjectModule module, String selector) throws InterruptedException {
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
        List<TestResult> results = ((Completed) outcome).results();
        Optional<TestResult> failed =
                results.stream().filter(r -> r.status() == Status.FAILED).findFirst();
        if (failed.isPresent()) {
            return CheckReport.refuted(finding(
                    "SH-REPRO-FAILS", FindingLevel.ERROR, "the reproduction still fails: " + words(failed.get())));
        }
        if (results.stream().noneMatch(result -> result.status() == Status.PASSED)) {
            return CheckReport.refuted(
                    finding("SH-REPRO-NOT-RUN", FindingLevel.ERROR, "with the patch the reproduction did not run"));
        }
        trial.reproduction(new ReproductionEvidence(Optional.of(selector), true, true));
        return CheckReport.passed("fails before, passes after: " + selector);
    }

    private static CheckReport notReproduced(Trial trial, String selector, String why) {
        trial.reproduction(new ReproductionEvidence(Optional.of(selector), false, false));
        String message = "not reproduced: " + why;
        return CheckReport.skipped(message, finding("SH-REPRO-NOT-REPRODUCED", FindingLevel.WARNING, message));
    }

    private static String words(TestResult result) {
        return result.failure()
                .map(failure -> failure.exceptionType() + ": " + firstLine(failure.message()))
                .orElse(result.id());
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
