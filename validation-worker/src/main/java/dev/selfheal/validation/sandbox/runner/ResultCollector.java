package dev.selfheal.validation.sandbox.runner;

import dev.selfheal.validation.sandbox.runner.TestReport.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Turns JUnit's events into report entries. Thread-safe: the project may run its tests in parallel. */
final class ResultCollector implements TestExecutionListener {

    private final TestIds ids = new TestIds();
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final Map<String, Entry> entries = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final Set<String> planned = new TreeSet<>();
    private TestPlan plan;

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        for (TestIdentifier root : testPlan.getRoots()) {
            for (TestIdentifier descendant : testPlan.getDescendants(root)) {
                if (descendant.isTest()) {
                    planned.add(descendant.getUniqueId());
                    ids.of(descendant, testPlan);
                }
            }
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        for (TestIdentifier skipped : testsOf(test)) {
            put(skipped, Entries.skipped(ids.of(skipped, plan), isPlanned(skipped), 0));
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            put(test, entry(test, result));
        } else if (result.getStatus() != Status.SUCCESSFUL) {
            containerEnded(test, result);
        }
    }

    synchronized TestReport report(List<Entry> unresolved, List<Entry> canaries) {
        return new TestReport(planned.size(), entries(unresolved), canaries);
    }

    synchronized List<Entry> entries(List<Entry> first) {
        List<Entry> all = new ArrayList<>(first);
        order.forEach(unique -> all.add(entries.get(unique)));
        return all;
    }

    /** Set-up or tear-down of a class failed: what has not run fails or is skipped with it; else the class itself does. */
    private void containerEnded(TestIdentifier container, TestExecutionResult result) {
        List<TestIdentifier> open = testsOf(container).stream()
                .filter(test -> !entries.containsKey(test.getUniqueId()))
                .toList();
        List<TestIdentifier> failing = open.isEmpty() ? TestNgFailures.owners(container, plan, result) : open;
        failing.forEach(test -> put(test, entry(test, result)));
    }

    private Set<TestIdentifier> testsOf(TestIdentifier test) {
        if (test.isTest()) {
            return Set.of(test);
        }
        Set<TestIdentifier> tests = new LinkedHashSet<>(plan.getDescendants(test));
        tests.removeIf(descendant -> !descendant.isTest());
        return tests;
    }

    private Entry entry(TestIdentifier test, TestExecutionResult result) {
        Long start = started.get(test.getUniqueId());
        long nanos = start == null ? 0 : System.nanoTime() - start;
        String id = ids.of(test, plan);
        return switch (result.getStatus()) {
            case SUCCESSFUL -> Entries.passed(id, isPlanned(test), nanos);
            case ABORTED ->
                result.getThrowable()
                        .filter(thrown -> TestNgFailures.isHiddenBySkip(test, thrown))
                        .map(thrown -> Entries.failed(id, isPlanned(test), nanos, thrown))
                        .orElseGet(() -> Entries.skipped(id, isPlanned(test), nanos));
            case FAILED ->
                Entries.failed(
                        id,
                        isPlanned(test),
                        nanos,
                        result.getThrowable().orElseGet(() -> new AssertionError("failed without an exception")));
        };
    }

    private boolean isPlanned(TestIdentifier test) {
        return planned.contains(test.getUniqueId());
    }

    private void put(TestIdentifier test, Entry entry) {
        if (entries.put(test.getUniqueId(), entry) == null) {
            order.add(test.getUniqueId());
        }
    }
}
