package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.baseline.KnownResults;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.baseline.TestHistory;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TestJob;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells a test that the patch breaks from one that breaks by itself. A new failure counts only if the base passes the test
 * every time; while little is known of the test, only if it fails with the patch again, too. Bounded: a few test classes,
 * a few runs each, and what the base did is remembered there.
 */
final class Reruns {

    /** A patch that breaks more than these classes breaks at least one that is not flaky. */
    private static final int CLASSES = 3;

    private final Sandbox sandbox;
    private final Duration timeout;

    Reruns(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
    }

    /** Takes back the new failures that are not the patch's doing. */
    void settle(Trial trial, ProjectModule module, TestTally tally) throws InterruptedException {
        int runs = trial.job().policy().getChecks().getFlakyRuns();
        if (runs < 2 || tally.newFailures().isEmpty()) {
            return;
        }
        Set<String> classes = new LinkedHashSet<>();
        tally.newFailures().stream()
                .map(Reruns::selector)
                .distinct()
                .limit(CLASSES)
                .forEach(classes::add);
        for (String selector : classes) {
            settle(trial, module, tally, selector, runs);
        }
    }

    private void settle(Trial trial, ProjectModule module, TestTally tally, String selector, int runs)
            throws InterruptedException {
        boolean thin = trial.job().baseline().knownResults().runs(sandbox, module, selector) < 2 * runs;
        onBase(trial, module, tally, selector, runs);
        if (!thin || failuresOf(tally, selector).isEmpty()) {
            return;
        }
        List<String> changed = passingAgain(trial, module, selector, failuresOf(tally, selector));
        if (changed.isEmpty()) {
            return;
        }
        onBase(trial, module, tally, selector, 2 * runs);
        failuresOf(tally, selector).stream()
                .filter(changed::contains)
                .forEach(id -> tally.excuse(
                        id,
                        finding(
                                "SH-TESTS-UNSETTLED",
                                FindingLevel.WARNING,
                                id + " fails with the patch now and then, and never did on the base")));
    }

    private void onBase(Trial trial, ProjectModule module, TestTally tally, String selector, int runs)
            throws InterruptedException {
        KnownResults known = trial.job().baseline().knownResults();
        known.repeated(
                selector,
                runs,
                new KnownResults.Reruns(sandbox, module, timeout, trial.job().deadline()::isPassed));
        for (String id : failuresOf(tally, selector)) {
            TestHistory history = known.history(sandbox, module, selector, id);
            if (history.isFlaky()) {
                trial.flaky(id, history);
                tally.excuse(
                        id,
                        finding(
                                "SH-TESTS-FLAKY",
                                FindingLevel.NOTE,
                                id + " fails without the patch too, in " + history.failed() + " of " + history.runs()
                                        + " runs: it is left out"));
            }
        }
    }

    private List<String> passingAgain(Trial trial, ProjectModule module, String selector, List<String> failed)
            throws InterruptedException {
        var outcome = sandbox.test(new TestJob(
                trial.allClasses(),
                module.testClasspath(),
                module.directory(),
                List.of(selector),
                trial.job().deadline().atMost(timeout)));
        return outcome instanceof Completed completed
                ? completed.results().stream()
                        .filter(result -> result.status() == Status.PASSED && failed.contains(result.id()))
                        .map(result -> result.id())
                        .toList()
                : List.of();
    }

    private static List<String> failuresOf(TestTally tally, String selector) {
        return tally.newFailures().stream()
                .filter(id -> selector(id).equals(selector))
                .toList();
    }

    /** The class that was selected: tests of nested classes are reported below it. */
    private static String selector(String id) {
        String type = id.replaceFirst("[#\\[].*", "");
        int nested = type.indexOf('$', 1);
        return nested < 0 ? type : type.substring(0, nested);
    }
}
