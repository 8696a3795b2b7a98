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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What tests do on the unpatched base, in the same sandbox that judges patches: some tests fail only because they are
 * sandboxed, and that must not be held against a patch. Kept with the baseline, on disk too: a selector that passes is run
 * once, whichever worker asks, one that fails twice, and more often only to tell a flaky test from a broken one. Whoever asks
 * for a selector that is being run waits for those who run it, and for nobody else. Thread-safe.
 */
public final class KnownResults {

    private static final int REPORTS_KEPT = 64;

    /** Tasks whose reports tell the base and not the moment, as measured times would. */
    private static final Set<String> LASTING = Set.of("analyse", "replay");

    private final ResultStore store;
    private final SelectorRuns runs;
    private final Coverage coverage;
    private final KeyLocks<SelectorRuns.Key> locks = new KeyLocks<>();
    private final Map<ReportKey, TaskOutcome> reports = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ReportKey, TaskOutcome> eldest) {
            return size() > REPORTS_KEPT;
        }
    };

    /** Kept in memory alone. */
    public KnownResults() {
        this(ResultStore.none());
    }

    KnownResults(ResultStore store) {
        this.store = store;
        this.runs = new SelectorRuns(store);
        this.coverage = new Coverage(store);
    }

    /** What each test class loads, as far as it was measured. */
    public Coverage coverage() {
        return coverage;
    }

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
        Runs running = new Runs(new Reruns(sandbox, module, timeout, timeIsUp));
        Map<String, TestOutcome> outcomes = new LinkedHashMap<>();
        try (KeyLocks<SelectorRuns.Key>.Held held = locks.take(running.unknown(selectors))) {
            List<String> missing = held.keys().isEmpty() ? List.of() : running.missing(selectors);
            Map<String, TestOutcome> fresh = missing.isEmpty() ? Map.of() : running.of(missing);
            for (String selector : selectors) {
                outcomes.put(
                        selector,
                        fresh.containsKey(selector)
                                ? fresh.get(selector)
                                : runs.best(running.key(selector)).orElseThrow());
            }
        }
        return outcomes;
    }

    /** As below, where every report tells all there is to tell. */
    public TaskOutcome report(Sandbox sandbox, TaskJob job) throws InterruptedException {
        return report(sandbox, job, any -> true);
    }

    /**
     * What the task reports about the base; asked once for the same order. Reports of the base only: an order that holds
     * patched classes is not to be remembered.
     *
     * @param isWhole of a report that another time would be the same; others are not remembered
     */
    public TaskOutcome report(Sandbox sandbox, TaskJob job, Predicate<TaskOutcome.Reported> isWhole)
            throws InterruptedException {
        ReportKey key = new ReportKey(job.task(), job.order());
        Optional<TaskOutcome> known = known(sandbox, key);
        if (known.isPresent()) {
            return known.get();
        }
        TaskOutcome outcome = sandbox.run(job);
        if (outcome instanceof TaskOutcome.Reported reported && isWhole.test(reported)) {
            synchronized (reports) {
                reports.put(key, outcome);
            }
            if (LASTING.contains(job.task())) {
                store.write(key.question(sandbox), reported.bytes());
            }
        }
        return outcome;
    }

    private Optional<TaskOutcome> known(Sandbox sandbox, ReportKey key) {
        synchronized (reports) {
            TaskOutcome known = reports.get(key);
            if (known == null && LASTING.contains(key.task())) {
                known = store.read(key.question(sandbox))
                        .map(bytes ->
                                new TaskOutcome.Reported(ByteBuffer.wrap(bytes).asReadOnlyBuffer()))
                        .orElse(null);
                if (known != null) {
                    reports.put(key, known);
                }
            }
            return Optional.ofNullable(known);
        }
    }

    private record ReportKey(String task, TaskJob.Order order) {

        byte[] question(Sandbox sandbox) {
            byte[] about = ResultStore.question("report", sandbox.identity(), task, "");
            byte[] asked = order.toArray();
            return ByteBuffer.allocate(about.length + asked.length)
                    .put(about)
                    .put(asked)
                    .array();
        }
    }

    /** Where and how long the base may be run again. */
    public record Reruns(Sandbox sandbox, ProjectModule module, Duration timeout, BooleanSupplier timeIsUp) {

        private TestOutcome run(List<String> selectors) throws InterruptedException {
            return sandbox.test(new TestJob(Map.of(), module.testClasspath(), module.directory(), selectors, timeout));
        }
    }

    /**
     * All that is known of the selector after it was run until there are so many outcomes, the first one among them. Fewer
     * when the time was up or the sandbox away; one that was stopped is not run again.
     */
    public List<TestOutcome> repeated(String selector, int times, Reruns how) throws InterruptedException {
        TestOutcome first = of(how.sandbox(), how.module(), List.of(selector), how.timeout(), how.timeIsUp())
                .get(selector);
        if (!(first instanceof Completed)) {
            return List.of(first);
        }
        SelectorRuns.Key key = key(how.sandbox(), how.module(), selector);
        try (KeyLocks<SelectorRuns.Key>.Held held = locks.take(Set.of(key))) {
            while (runs.of(key).size() < times && !how.timeIsUp().getAsBoolean()) {
                TestOutcome next = how.run(List.of(selector));
                if (isUnavailable(next)) {
                    break;
                }
                held.keys().forEach(own -> runs.add(own, next));
            }
            return runs.of(key);
        }
    }

    /** How often the selector was run on the base. */
    public int runs(Sandbox sandbox, ProjectModule module, String selector) {
        return runs.of(key(sandbox, module, selector)).size();
    }

    /** What is known of one test of the selector. */
    public TestHistory history(Sandbox sandbox, ProjectModule module, String selector, String id) {
        return TestHistory.of(id, runs.of(key(sandbox, module, selector)));
    }

    private static SelectorRuns.Key key(Sandbox sandbox, ProjectModule module, String selector) {
        return new SelectorRuns.Key(sandbox.identity(), module.directory().toString(), selector);
    }

    /** Runs for one caller. */
    private final class Runs {

        private final Reruns how;

        Runs(Reruns how) {
            this.how = how;
        }

        SelectorRuns.Key key(String selector) {
            return KnownResults.key(how.sandbox(), how.module(), selector);
        }

        List<String> missing(List<String> selectors) {
            return selectors.stream()
                    .filter(selector -> !runs.isKnown(key(selector)))
                    .toList();
        }

        Set<SelectorRuns.Key> unknown(List<String> selectors) {
            return missing(selectors).stream().map(this::key).collect(Collectors.toSet());
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
            if (how.timeIsUp().getAsBoolean()) {
                return new Stopped(new Containment(Containment.Kind.TIMEOUT, "did not begin, the time was up"));
            }
            TestOutcome outcome = how.run(selectors);
            if (selectors.size() == 1 && !isUnavailable(outcome)) {
                runs.add(key(selectors.get(0)), outcome);
            }
            return outcome;
        }

        private TestOutcome part(Completed together, String selector) {
            List<TestResult> results = resultsOf(selector, together.results());
            Duration duration = results.stream().map(TestResult::duration).reduce(Duration.ZERO, Duration::plus);
            TestOutcome own = new Completed(results, duration);
            runs.add(key(selector), own);
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
