package dev.selfheal.validation.baseline;

import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TaskJob;
import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.runner.CoverageOrder;
import dev.selfheal.validation.sandbox.runner.CoverageReport;
import dev.selfheal.validation.sandbox.runner.TestOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which classes of the project each test class loads on the unpatched base, kept with the baseline, on disk too. What is
 * loaded is more than what is executed and never less, as far as the project's own class loaders do not hide it. Measured
 * ahead, never while a proposal waits. Thread-safe.
 */
public final class Coverage {

    private static final Logger LOG = LoggerFactory.getLogger(Coverage.class);

    /** Test classes of one run: after each a proposal may have its turn. */
    private static final int BATCH = 12;

    private final ResultStore store;
    private final Map<Key, Optional<Set<String>>> known = new ConcurrentHashMap<>();

    private record Key(String environment, String module, String test) {

        static Key of(Sandbox sandbox, ProjectModule module, String test) {
            return new Key(sandbox.identity(), module.directory().toString(), test);
        }

        byte[] question() {
            return ResultStore.question("coverage", environment, module, test);
        }
    }

    Coverage(ResultStore store) {
        this.store = store;
    }

    /** Where and how long the base may be measured. */
    public record Measuring(Sandbox sandbox, Duration timeout, BooleanSupplier timeIsUp) {}

    /** Binary names of what the test class loads; empty when that is not known. */
    public Optional<Set<String>> of(Sandbox sandbox, ProjectModule module, String test) {
        Key key = Key.of(sandbox, module, test);
        Optional<Set<String>> inMemory = known.get(key);
        if (inMemory != null) {
            return inMemory;
        }
        Optional<Set<String>> stored = stored(key);
        stored.ifPresent(classes -> known.put(key, stored));
        return stored;
    }

    /**
     * Measures the test classes that were not measured yet, a few in one run, until the time is up. A class that cannot be
     * measured is not tried again by this process.
     *
     * @param folders of compiled main code; classes from elsewhere are not told
     * @return how many were measured now
     */
    public int measure(ProjectModule module, List<Path> folders, List<String> tests, Measuring how)
            throws InterruptedException {
        Sandbox sandbox = how.sandbox();
        List<String> missing = tests.stream()
                .filter(test -> !known.containsKey(Key.of(sandbox, module, test)))
                .filter(test -> of(sandbox, module, test).isEmpty())
                .toList();
        int measured = 0;
        for (int from = 0; from < missing.size() && !how.timeIsUp().getAsBoolean(); from += BATCH) {
            List<String> batch = missing.subList(from, Math.min(missing.size(), from + BATCH));
            measured += measureTogether(module, folders, batch, how);
        }
        return measured;
    }

    /** When a run is stopped, its test classes are run one by one: one that hangs does not hide the others. */
    private int measureTogether(ProjectModule module, List<Path> folders, List<String> tests, Measuring how)
            throws InterruptedException {
        TaskOutcome outcome = how.sandbox().run(job(module, folders, tests, how.timeout()));
        if (outcome instanceof TaskOutcome.Reported reported) {
            return remember(how.sandbox(), module, tests, reported);
        }
        if (isUnavailable(outcome)) {
            return 0;
        }
        if (tests.size() == 1) {
            known.put(Key.of(how.sandbox(), module, tests.get(0)), Optional.empty());
            return 0;
        }
        int measured = 0;
        for (String test : tests) {
            if (!how.timeIsUp().getAsBoolean()) {
                measured += measureTogether(module, folders, List.of(test), how);
            }
        }
        return measured;
    }

    private int remember(Sandbox sandbox, ProjectModule module, List<String> tests, TaskOutcome.Reported reported) {
        Map<String, Set<String>> loaded = decode(reported.bytes());
        int measured = 0;
        for (String test : tests) {
            Key key = Key.of(sandbox, module, test);
            Optional<Set<String>> classes =
                    Optional.ofNullable(loaded.get(test)).map(Set::copyOf);
            known.put(key, classes);
            if (classes.isPresent()) {
                store.write(key.question(), encode(new CoverageReport(Map.of(test, classes.get()))));
                measured++;
            }
        }
        return measured;
    }

    private Optional<Set<String>> stored(Key key) {
        Optional<byte[]> bytes = store.read(key.question());
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                            CoverageReport.decode(bytes.get()).loaded().get(key.test()))
                    .map(Set::copyOf);
        } catch (IOException e) {
            LOG.warn("the stored coverage of {} cannot be read, it is measured again: {}", key.test(), e.toString());
            return Optional.empty();
        }
    }

    private static TaskJob job(ProjectModule module, List<Path> folders, List<String> tests, Duration timeout) {
        List<String> classpath =
                module.testClasspath().stream().map(Path::toString).toList();
        CoverageOrder order = new CoverageOrder(
                new TestOrder(Map.of(), classpath, tests),
                folders.stream().map(Path::toString).toList());
        List<Path> readable = module.expectedWork().readable();
        try {
            return new TaskJob(
                    "cover", List.of(), TaskJob.Order.of(order.encode()), readable, module.directory(), timeout);
        } catch (IOException e) {
            throw new UncheckedIOException("an order could not be written to memory", e);
        }
    }

    private static boolean isUnavailable(TaskOutcome outcome) {
        return outcome instanceof TaskOutcome.Stopped stopped
                && stopped.containment().kind() == Containment.Kind.UNAVAILABLE;
    }

    private static Map<String, Set<String>> decode(byte[] report) {
        try {
            return new TreeMap<>(CoverageReport.decode(report).loaded());
        } catch (IOException e) {
            throw new UncheckedIOException("a sealed report of ours cannot be read", e);
        }
    }

    private static byte[] encode(CoverageReport report) {
        try {
            return report.encode();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
    }
}
