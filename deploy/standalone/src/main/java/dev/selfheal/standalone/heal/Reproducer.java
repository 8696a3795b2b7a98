package dev.selfheal.standalone.heal;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.validation.Workbench;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Failure;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets the service fail: runs the failing test on the commit as it is, in the sandbox. */
public final class Reproducer {

    private final Workbench workbench;

    public Reproducer(Workbench workbench) {
        this.workbench = workbench;
    }

    /**
     * Builds the commit, or finds it built.
     *
     * @throws CannotHealException when it cannot be built
     */
    public Baseline build(SourceRepository repository, String commit) throws CannotHealException, InterruptedException {
        try {
            workbench.sources().resolve(repository, Optional.of(commit));
            return workbench.baselines().of(repository, commit);
        } catch (HealingException e) {
            String what = e.code() == ErrorCode.BASE_BROKEN ? "the repository does not compile at " : "cannot build ";
            throw new CannotHealException(
                    what + commit + ": " + e.getMessage() + " (healing starts from a commit that builds)", e);
        }
    }

    /**
     * Runs the test and returns how it failed.
     *
     * @throws CannotHealException when there is no such test, or it does not fail
     */
    public Failure fail(Baseline baseline, String selector) throws CannotHealException, InterruptedException {
        TestOutcome outcome;
        try {
            outcome = workbench
                    .probe()
                    .run(
                            baseline,
                            Reproduction.newBuilder()
                                    .setSelector(selector)
                                    .setModule("")
                                    .build());
        } catch (HealingException e) {
            throw new CannotHealException("cannot run " + selector + ": " + e.getMessage(), e);
        }
        if (outcome instanceof Stopped stopped) {
            throw new CannotHealException("running " + selector + " in the sandbox was stopped: "
                    + stopped.containment().detail());
        }
        List<TestResult> results = ((Completed) outcome).results();
        if (results.isEmpty() || results.stream().allMatch(result -> isMissing(result, selector))) {
            throw new CannotHealException(
                    "there is no test " + selector + " at this commit: write --test 'package.Class#method'");
        }
        Optional<Failure> failure =
                results.stream().flatMap(result -> result.failure().stream()).findFirst();
        return failure.orElseThrow(
                () -> new CannotHealException(selector + " does not fail at this commit: there is nothing to heal"));
    }

    /** The runner answers for a selector that names nothing with the reason, under the selector's own name. */
    private static boolean isMissing(TestResult result, String selector) {
        String className = selector.split("#", 2)[0];
        Map<String, String> answers = Map.of(
                "java.lang.ClassNotFoundException", className,
                "java.lang.NoSuchMethodException", selector);
        return result.id().equals(selector)
                && result.failure()
                        .filter(f -> f.message().equals(answers.get(f.exceptionType())))
                        .isPresent();
    }
}
