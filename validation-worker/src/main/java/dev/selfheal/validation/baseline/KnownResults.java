package dev.selfheal.validation.baseline;

import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TestJob;
import dev.selfheal.validation.sandbox.TestOutcome;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Stopped;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What tests do on the unpatched base, in the same sandbox that judges patches: some tests fail only because they are
 * sandboxed, and that must not be held against a patch. Kept in memory for the baseline's life there; each selector is
 * run once, whoever asks. Thread-safe.
 */
public final class KnownResults {

    private final Map<String, TestOutcome> bySelector = new ConcurrentHashMap<>();
    private final ReentrantLock running = new ReentrantLock();

    /**
     * The outcome per selector. Selectors that were never run are run together; when that run is stopped, one by one, so
     * that a single hanging test does not hide the others.
     *
     * @param timeout for each run
     */
    public Map<String, TestOutcome> of(Sandbox sandbox, ProjectModule module, List<String> selectors, Duration timeout)
            throws InterruptedException {
        running.lockInterruptibly();
        try {
            List<String> missing = selectors.stream()
                    .filter(selector -> !bySelector.containsKey(selector))
                    .toList();
            if (!missing.isEmpty()) {
                runMissing(sandbox, module, missing, timeout);
            }
        } finally {
            running.unlock();
        }
        Map<String, TestOutcome> outcomes = new LinkedHashMap<>();
        for (String selector : selectors) {
            outcomes.put(selector, bySelector.getOrDefault(selector, unknown(selector)));
        }
        return outcomes;
    }

    private void runMissing(Sandbox sandbox, ProjectModule module, List<String> missing, Duration timeout)
            throws InterruptedException {
        TestOutcome outcome = run(sandbox, module, missing, timeout);
        if (missing.size() == 1) {
            remember(missing.get(0), outcome);
        } else if (outcome instanceof Completed completed) {
            for (String selector : missing) {
                remember(selector, new Completed(resultsOf(selector, completed.results()), completed.duration()));
            }
        } else {
            for (String selector : missing) {
                remember(selector, run(sandbox, module, List.of(selector), timeout));
            }
        }
    }

    /** A sandbox that could not be set up says nothing about the test. */
    private void remember(String selector, TestOutcome outcome) {
        boolean unavailable =
                outcome instanceof Stopped stopped && stopped.containment().kind() == Containment.Kind.UNAVAILABLE;
        if (!unavailable) {
            bySelector.put(selector, outcome);
        }
    }

    private static TestOutcome run(Sandbox sandbox, ProjectModule module, List<String> selectors, Duration timeout)
            throws InterruptedException {
        return sandbox.test(new TestJob(Map.of(), module.testClasspath(), module.directory(), selectors, timeout));
    }

    private static TestOutcome unknown(String selector) {
        return new Stopped(new Containment(Containment.Kind.UNAVAILABLE, "no base result for " + selector));
    }

    /** Ids start with the class; tests of nested and inherited classes are reported under the selected one or below it. */
    static List<TestResult> resultsOf(String selector, List<TestResult> results) {
        List<TestResult> own = new ArrayList<>();
        for (TestResult result : results) {
            String id = result.id();
            if (id.startsWith(selector)
                    && (id.length() == selector.length() || !isNamePart(id.charAt(selector.length())))) {
                own.add(result);
            }
        }
        return own;
    }

    private static boolean isNamePart(char next) {
        return next != '$' && Character.isJavaIdentifierPart(next);
    }
}
