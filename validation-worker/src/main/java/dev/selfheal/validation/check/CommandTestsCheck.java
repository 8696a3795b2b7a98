package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.StackFrame;
import dev.selfheal.validation.command.CommandSuite;
import dev.selfheal.validation.command.CommandSuite.Result;
import dev.selfheal.validation.command.JunitXml.Case;
import dev.selfheal.validation.command.JunitXml.Status;
import dev.selfheal.validation.edit.AppliedPatch.PatchedFile;
import dev.selfheal.validation.sandbox.Containment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * All tests by the configured command, on the base and with the patch: the reproduction has to fail before as reported and
 * pass after, every test of the base has to be reported again, and none may newly fail. Tests that come and go on the base
 * do not count.
 */
public final class CommandTestsCheck implements Check {

    /** Of the base; a test that is not the same in both is flaky. */
    private static final int BASE_RUNS = 2;

    /** Results of one base, so that the candidates of a proposal share them. */
    private record Known(Path root, SourceRepository source, List<Map<String, Case>> runs) {

        private static Known of(ValidationJob job, List<Map<String, Case>> runs) {
            return new Known(job.baseline().root(), job.policy().getSource(), List.copyOf(runs));
        }

        private boolean isOf(ValidationJob job) {
            return root.equals(job.baseline().root())
                    && source.equals(job.policy().getSource());
        }
    }

    private final AtomicReference<Optional<Known>> known = new AtomicReference<>(Optional.empty());
    private final CommandSuite suite;
    private final Duration timeout;

    public CommandTestsCheck(CommandSuite suite, Duration timeout) {
        this.suite = suite;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "command-tests";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        Optional<Known> remembered = known.get().filter(last -> last.isOf(trial.job()));
        List<Map<String, Case>> base = new ArrayList<>();
        for (int i = 0; remembered.isEmpty() && i < BASE_RUNS; i++) {
            Result result = run(trial, Map.of());
            if (result instanceof Result.Stopped stopped) {
                return onBase(stopped.containment());
            }
            base.add(((Result.Ran) result).cases());
        }
        Known of = remembered.orElseGet(() -> Known.of(trial.job(), base));
        known.set(Optional.of(of));
        Map<String, byte[]> patched = new HashMap<>();
        for (PatchedFile file : trial.requireApplied().files()) {
            patched.put(file.path(), file.after().bytes());
        }
        Result after = run(trial, patched);
        return after instanceof Result.Ran ran
                ? compare(trial, of.runs(), ran.cases())
                : stopped(trial, ((Result.Stopped) after).containment());
    }

    private Result run(Trial trial, Map<String, byte[]> patched) throws InterruptedException {
        return suite.run(
                trial.job().baseline(),
                trial.job().policy().getSource(),
                patched,
                trial.job().deadline().atMost(timeout));
    }

    private static CheckReport onBase(Containment containment) {
        String what = "the base's own tests cannot be run: " + containment.detail();
        return containment.kind() == Containment.Kind.UNAVAILABLE
                ? CheckReport.error(finding("SH-COMMAND-BASE", FindingLevel.ERROR, what))
                : CheckReport.undecided(finding("SH-COMMAND-BASE", FindingLevel.WARNING, what));
    }

    private static CheckReport stopped(Trial trial, Containment containment) {
        trial.contained(containment);
        Finding finding = Containments.finding(containment, "the patched project");
        return containment.kind() == Containment.Kind.UNAVAILABLE
                ? CheckReport.error(finding)
                : CheckReport.refuted(finding);
    }

    private static CheckReport compare(Trial trial, List<Map<String, Case>> base, Map<String, Case> after) {
        Map<String, Case> before = base.get(0);
        Optional<String> missing =
                before.keySet().stream().filter(id -> !after.containsKey(id)).findFirst();
        if (missing.isPresent()) {
            return CheckReport.refuted(finding(
                    "SH-TESTS-MISSING", FindingLevel.ERROR, missing.get() + " is no longer reported with the patch"));
        }
        Optional<Finding> unproven = reproduce(trial, base, after);
        if (unproven.filter(found -> found.getLevel() == FindingLevel.ERROR).isPresent()) {
            return CheckReport.refuted(unproven.get());
        }
        Tally tally = new Tally();
        before.forEach((id, was) -> tally.add(id, isStable(id, base), was.status(), after.get(id)));
        trial.tests(new TestEvidence(before.size(), after.size(), tally.passing, tally.known, tally.failures.size()));
        if (!tally.failures.isEmpty()) {
            return CheckReport.refuted(tally.failures.get(0).getMessage(), tally.failures);
        }
        List<Finding> findings = new ArrayList<>(tally.flaky);
        unproven.ifPresent(findings::add);
        return CheckReport.of(findings, after.size() + " test(s), no new failure, " + tally.known + " known");
    }

    /** Evidence, or why there is none: an error refutes. */
    private static Optional<Finding> reproduce(Trial trial, List<Map<String, Case>> base, Map<String, Case> after) {
        ErrorEvent event = trial.job().proposal().getEvent();
        Optional<String> selector = event.getReproduction().map(Reproduction::getSelector);
        if (selector.isEmpty()) {
            return Optional.empty();
        }
        String id = selector.get();
        boolean failed = base.stream()
                .allMatch(run -> run.containsKey(id)
                        && run.get(id).status() == Status.FAILED
                        && isReported(event, run.get(id).failure()));
        boolean passed = after.containsKey(id) && after.get(id).status() == Status.PASSED;
        trial.reproduction(new ReproductionEvidence(selector, failed, failed && passed));
        if (failed && !passed) {
            return Optional.of(finding("SH-REPRO-FAILS", FindingLevel.ERROR, "the reproduction still fails: " + id));
        }
        return failed
                ? Optional.empty()
                : Optional.of(finding(
                        "SH-REPRO-BASE",
                        FindingLevel.WARNING,
                        id + " does not fail on the base as reported in each of " + BASE_RUNS + " runs"));
    }

    /** The type of the root cause and its innermost function of the project both stand in the failure. */
    private static boolean isReported(ErrorEvent event, String failure) {
        List<ExceptionInfo> chain = event.getExceptions();
        if (chain.isEmpty()) {
            return false;
        }
        ExceptionInfo root = chain.get(chain.size() - 1);
        String type = root.getType().substring(root.getType().lastIndexOf('.') + 1);
        Optional<String> function = root.getFrames().stream()
                .filter(StackFrame::getInApp)
                .findFirst()
                .or(() -> root.getFrames().stream().findFirst())
                .map(StackFrame::getFunction);
        return hasWord(failure, type)
                && function.filter(name -> hasWord(failure, name)).isPresent();
    }

    private static boolean hasWord(String text, String word) {
        return !word.isEmpty()
                && Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?![\\w$])")
                        .matcher(text)
                        .find();
    }

    private static boolean isStable(String id, List<Map<String, Case>> base) {
        return base.stream()
                        .map(run -> Optional.ofNullable(run.get(id)).map(Case::status))
                        .distinct()
                        .count()
                == 1;
    }

    /** What the tests of the base come to with the patch. */
    private static final class Tally {

        private final List<Finding> failures = new ArrayList<>();
        private final List<Finding> flaky = new ArrayList<>();
        private int passing;
        private int known;

        private void add(String id, boolean stable, Status before, Case after) {
            if (!stable) {
                flaky.add(finding("SH-TESTS-FLAKY", FindingLevel.NOTE, id + " comes and goes on the base"));
            } else if (before == Status.PASSED && after.status() == Status.PASSED) {
                passing++;
            } else if (before == Status.PASSED) {
                failures.add(finding("SH-TESTS-FAIL", FindingLevel.ERROR, id + " newly fails or is skipped"));
            } else if (before == Status.FAILED && after.status() == Status.FAILED) {
                known++;
            }
        }
    }
}
