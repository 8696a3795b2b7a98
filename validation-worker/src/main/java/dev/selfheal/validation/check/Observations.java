package dev.selfheal.validation.check;

import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TaskJob;
import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.TaskOutcome.Reported;
import dev.selfheal.validation.sandbox.runner.ObservationOrder;
import dev.selfheal.validation.sandbox.runner.ObservationReport;
import dev.selfheal.validation.sandbox.runner.TestOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs the reproduction and the nearest affected tests, watched and measured, on the base and with the patch. The base is
 * asked once for the same tests; a candidate is asked once, whichever check asks first. Thread-safe.
 */
public final class Observations {

    /** The tests nearest to the change; each is run four times. */
    private static final int CLASSES = 5;

    private static final int REPEATS = 3;

    private final Sandbox sandbox;
    private final Duration timeout;

    public Observations(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
    }

    /** The same tests without and with the patch. */
    record Observed(ObservationReport before, ObservationReport after) {}

    /** Empty when there is no test, or one of the runs did not end. */
    Optional<Observed> of(Trial trial) throws InterruptedException {
        if (trial.observed().isEmpty()) {
            observe(trial, true).ifPresent(trial::observed);
        }
        return trial.observed();
    }

    /** The same, run anew on both sides. */
    Optional<Observed> again(Trial trial) throws InterruptedException {
        return observe(trial, false);
    }

    private Optional<Observed> observe(Trial trial, boolean remember) throws InterruptedException {
        Optional<ProjectModule> module = trial.classes().keySet().stream().findFirst();
        if (module.isEmpty()) {
            return Optional.empty();
        }
        List<String> selectors = selectors(trial, module.get());
        if (selectors.isEmpty()) {
            return Optional.empty();
        }
        Map<String, byte[]> own = trial.reproducer().map(Reproducer::classes).orElse(Map.of());
        TaskJob base = job(trial, module.get(), own, selectors);
        TaskOutcome before = remember ? trial.job().baseline().knownResults().report(sandbox, base) : sandbox.run(base);
        if (!(before instanceof Reported reportedBefore)) {
            return Optional.empty();
        }
        Map<String, byte[]> patched = new TreeMap<>(own);
        patched.putAll(trial.allClasses());
        TaskOutcome after = sandbox.run(job(trial, module.get(), patched, selectors));
        return after instanceof Reported reported
                ? Optional.of(new Observed(decode(reportedBefore), decode(reported)))
                : Optional.empty();
    }

    private static List<String> selectors(Trial trial, ProjectModule module) {
        List<String> selectors = new ArrayList<>();
        trial.reproducer()
                .filter(test -> test.module().equals(module))
                .ifPresent(test -> selectors.add(test.selector()));
        trial.tested(module).stream().limit(CLASSES).forEach(selectors::add);
        return selectors;
    }

    private TaskJob job(Trial trial, ProjectModule module, Map<String, byte[]> classes, List<String> selectors) {
        List<String> classpath =
                module.testClasspath().stream().map(Path::toString).toList();
        ObservationOrder order = new ObservationOrder(new TestOrder(classes, classpath, selectors), REPEATS);
        return TaskJobs.of(
                "observe", order::encode, module, trial.job().deadline().atMost(timeout));
    }

    private static ObservationReport decode(Reported reported) {
        try {
            return ObservationReport.decode(reported.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("a sealed report of ours cannot be read", e);
        }
    }
}
