package dev.selfheal.validation.baseline;

import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TaskJob;
import dev.selfheal.validation.sandbox.TaskOutcome;
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
import java.util.function.BooleanSupplier;

/**
 * What tests do on the unpatched base, in the same sandbox that judges patches: some tests fail only because they are
 * sandboxed, and that must not be held against a patch. Kept in memory for the baseline's life there; each selector is
 * run once, whoever asks, and again only to tell a flaky test from a broken one. Thread-safe.
 */
public final class KnownResults {

    private static final int REPORTS_KEPT = 64;

    private final Map<String, TestOutcome> bySelector = new ConcurrentHashMap<>();
    private final Map<String, List<TestOutcome>> again = new ConcurrentHashMap<>();
    private final Map<ReportKey, TaskOutcome> reports = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ReportKey, TaskOutcome> eldest) {
            return size() > REPORTS_KEPT;
        }
    };
    private final ReentrantLock running = new ReentrantLock();

    /** As below, for a caller who has all the time there is. */
    public Map<String, TestOutcome> of(Sandbox sandbox, ProjectModule module, List<String> selectors, Duration timeout)
            throws InterruptedException {
        return of(sandbox, module, selectors, timeout, () -> false);
    }

    /**
     * The outcome per selector. Selectors that were never run are run together; when that run is stopped, one by one, so
     * that a single hanging test does not hide the others. A selector whose turn does not come is stopped with {@code
     * TIMEOUT}; one the sandbox could not be set up for, with {@code UNAVAILABLE}. Neither is remembered.
     *
     * @param timeout for each run, whoever asks: what is remembered must not depend on the time one caller had left
     * @param timeIsUp true when no further run may begin; a run that has begun is not cut short
     */
    public Map<String, TestOutcome> of(
            Sandbox sandbox, ProjectModule module, List<String> selectors, Duration timeout, BooleanSupplier timeIsUp)
            throws InterruptedException {
        running.lockInterruptibly();
        Map<String, TestOutcome> outcomes = new LinkedHashMap<>();
        try {
            List<String> missing = selectors.stream()
                    .filter(selector -> !bySelector.containsKey(selector))
                    .toList();
            Runs runs = new Runs(sandbox, module, timeout, timeIsUp);
            Map<String, TestOutcome> fresh = missing.isEmpty() ? Map.of() : runs.of(missing);
            for (String selector : selectors) {
                outcomes.put(selector, fresh.getOrDefault(selector, bySelector.get(selector)));
            }
        } finally {
            running.unlock();
        }
        return outcomes;
    }

    /**
     * What the task reports about the base; asked once for the same order. Reports of the base only: an order that holds
     * patched classes is not to be remembered.
     */
    public TaskOutcome report(Sandbox sandbox, TaskJob job) throws InterruptedException {
        ReportKey key = new ReportKey(job.task(), job.order());
        synchronized (reports) {
            TaskOutcome known = reports.get(key);
            if (known != null) {
                return known;
            }
        }
        TaskOutcome outcome = sandbox.run(job);
        if (outcome instanceof TaskOutcome.Reported) {
            synchronized (reports) {
                reports.put(key, outcome);
            }
        }
        return outcome;
    }

    private record ReportKey(String task, TaskJob.Order order) {}

    /** Where and how long the base may be run again. */
    public record Reruns(Sandbox sandbox, ProjectModule module, Duration timeout, BooleanSupplier timeIsUp) {}

    /**
     * All that is known of the selector after it was run until there are so many outcomes, the first one among them. Fewer
     * when the time was up or the sandbox away; one that was stopped is not run again.
     */
    public List<TestOutcome> repeated(String selector, int runs, Reruns how) throws InterruptedException {
        TestOutcome first = of(how.sandbox(), how.module(), List.of(selector), how.timeout(), how.timeIsUp())
                .get(selector);
        if (!(first instanceof Completed)) {
            return List.of(first);
        }
        running.lockInterruptibly();
        try {
            List<TestOutcome> all = new ArrayList<>(again.getOrDefault(selector, List.of(first)));
            while (all.size() < runs && !how.timeIsUp().getAsBoolean()) {
                TestOutcome next = how.sandbox()
                        .test(new TestJob(
                                Map.of(),
                                how.module().testClasspath(),
                                how.module().directory(),
                                List.of(selector),
                                how.timeout()));
                if (isUnavailable(next)) {
                    break;
                }
                all.add(next);
            }
            again.put(selector, List.copyOf(all));
            return List.copyOf(all);
        } finally {
            running.unlock();
        }
    }

    /** How often the selector was run on the base. */
    public int runs(String selector) {
        return again.containsKey(selector) ? again.get(selector).size() : bySelector.containsKey(selector) ? 1 : 0;
    }

    /** What is known of one test of the selector. */
    public TestHistory history(String selector, String id) {
        TestOutcome first = bySelector.get(selector);
        return TestHistory.of(id, again.getOrDefault(selector, first == null ? List.of() : List.of(first)));
    }

    /** Runs for one caller. */
    private final class Runs {

        private final Sandbox sandbox;
        private final ProjectModule module;
        private final Duration timeout;
        private final BooleanSupplier timeIsUp;

        Runs(Sandbox sandbox, ProjectModule module, Duration timeout, BooleanSupplier timeIsUp) {
            this.sandbox = sandbox;
            this.module = module;
            this.timeout = timeout;
            this.timeIsUp = timeIsUp;
        }

        /** The outcome of each; those that say something about the base are remembered. */
        Map<String, TestOutcome> of(List<String> selectors) throws InterruptedException {
            Map<String, TestOutcome> outcomes = new LinkedHashMap<>();
            TestOutcome together = run(selectors);
            for (String selector : selectors) {
                TestOutcome own = isUnavailable(together) || selectors.size() == 1
                        ? together
                        : together instanceof Completed completed ? part(completed, selector) : run(List.of(selector));
                outcomes.put(selector, own);
            }
            return outcomes;
        }

        private TestOutcome run(List<String> selectors) throws InterruptedException {
            if (timeIsUp.getAsBoolean()) {
                return new Stopped(new Containment(Containment.Kind.TIMEOUT, "did not begin, the time was up"));
            }
            TestOutcome outcome =
                    sandbox.test(new TestJob(Map.of(), module.testClasspath(), module.directory(), selectors, timeout));
            if (selectors.size() == 1 && !isUnavailable(outcome)) {
                bySelector.put(selectors.get(0), outcome);
            }
            return outcome;
        }

        private TestOutcome part(Completed together, String selector) {
            TestOutcome own = new Completed(resultsOf(selector, together.results()), together.duration());
            bySelector.put(selector, own);
            return own;
        }
    }

    /** A sandbox that could not be set up says nothing about the test. */
    private static boolean isUnavailable(TestOutcome outcome) {
        return outcome instanceof Stopped stopped && stopped.containment().kind() == Containment.Kind.UNAVAILABLE;
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
