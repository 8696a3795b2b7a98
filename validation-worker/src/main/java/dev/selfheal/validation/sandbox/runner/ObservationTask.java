package dev.selfheal.validation.sandbox.runner;

import com.sun.management.ThreadMXBean;
import dev.selfheal.validation.sandbox.runner.ObservationReport.Cost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Runs tests once watched, then a few times with a clock on the time and the allocation of each. */
final class ObservationTask implements Task {

    private final TestTask tests = new TestTask();

    @Override
    public int rounds() {
        return tests.rounds();
    }

    @Override
    public void warmUp() {
        tests.warmUp();
    }

    @Override
    public byte[] run(byte[] bytes) throws IOException {
        ObservationOrder order = ObservationOrder.decode(bytes);
        Optional<List<String>> effects = watch(order.tests());
        List<Map<String, Cost>> rounds = new ArrayList<>();
        for (int round = 0; round < order.repeats(); round++) {
            Meter meter = new Meter();
            tests.run(order.tests(), meter);
            rounds.add(meter.costs);
        }
        return new ObservationReport(least(rounds), effects.isPresent(), effects.orElse(List.of())).encode();
    }

    /** What the tests reach for; empty where the JVM has no security manager any more. */
    @SuppressWarnings({"removal", "deprecation"})
    private Optional<List<String>> watch(TestOrder order) throws IOException {
        EffectLog log = new EffectLog(order.classpath());
        try {
            System.setSecurityManager(log);
        } catch (UnsupportedOperationException e) {
            tests.run(order, new TestExecutionListener() {});
            return Optional.empty();
        }
        try {
            tests.run(order, new TestExecutionListener() {});
        } finally {
            System.setSecurityManager(null);
        }
        return Optional.of(log.effects());
    }

    private static List<Cost> least(List<Map<String, Cost>> rounds) {
        Map<String, Cost> least = new TreeMap<>();
        for (Map<String, Cost> round : rounds) {
            round.forEach((id, cost) -> least.merge(
                    id, cost, (a, b) -> new Cost(id, Math.min(a.nanos(), b.nanos()), Math.min(a.bytes(), b.bytes()))));
        }
        least.keySet().removeIf(id -> !rounds.stream().allMatch(round -> round.containsKey(id)));
        return List.copyOf(least.values());
    }

    /** Measures passing tests. Thread-safe, though a test is measured on the thread that runs it alone. */
    private static final class Meter implements TestExecutionListener {

        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final TestIds ids = new TestIds();
        private final Map<String, Cost> costs = new ConcurrentHashMap<>();
        private final Map<String, Cost> begun = new ConcurrentHashMap<>();
        private TestPlan plan;

        @Override
        public synchronized void testPlanExecutionStarted(TestPlan started) {
            plan = started;
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            begun.put(test.getUniqueId(), new Cost("", System.nanoTime(), allocated()));
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            long now = System.nanoTime();
            long bytes = allocated();
            Cost start = begun.get(test.getUniqueId());
            if (test.isTest() && start != null && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                synchronized (this) {
                    String id = ids.of(test, plan);
                    costs.put(id, new Cost(id, now - start.nanos(), bytes - start.bytes()));
                }
            }
        }

        private long allocated() {
            return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        }
    }
}
