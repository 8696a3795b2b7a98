package dev.selfheal.validation.sandbox.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Runs test classes one after another, each in a class loader of its own: a class is loaded once per loader, so one loader
 * for all would tell what the first of them loads and hide it from the others.
 */
final class CoverageTask implements Task {

    private final TestTask tests = new TestTask();

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void warmUp() {
        tests.warmUp();
    }

    @Override
    public byte[] run(byte[] bytes) throws IOException {
        CoverageOrder order = CoverageOrder.decode(bytes);
        Set<String> folders = new HashSet<>();
        for (String folder : order.folders()) {
            folders.add(Path.of(folder).toUri().toURL().toExternalForm());
        }
        Map<String, Set<String>> loaded = new TreeMap<>();
        for (String test : order.tests().selectors()) {
            Watch watch = new Watch();
            tests.run(new TestOrder(order.tests().overrides(), order.tests().classpath(), List.of(test)), watch);
            watch.loadedFrom(folders).ifPresent(names -> loaded.put(test, names));
        }
        return new CoverageReport(loaded).encode();
    }

    /** Thread-safe: the project may run its tests in parallel. */
    private static final class Watch implements TestExecutionListener {

        private Optional<ProjectClassLoader> loader = Optional.empty();
        private boolean hasRun;
        private boolean hasFailed;

        @Override
        public synchronized void testPlanExecutionStarted(TestPlan plan) {
            if (Thread.currentThread().getContextClassLoader() instanceof ProjectClassLoader project) {
                loader = Optional.of(project);
            }
        }

        @Override
        public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
            hasRun |= test.isTest();
            hasFailed |= result.getStatus() == TestExecutionResult.Status.FAILED;
        }

        /** Empty when no test ran, or one failed: it may have ended before it reached what it reaches on a better day. */
        synchronized Optional<Set<String>> loadedFrom(Set<String> folders) {
            return hasRun && !hasFailed ? loader.map(project -> project.loadedFrom(folders)) : Optional.empty();
        }
    }
}
