package dev.selfheal.validation.check;

import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TaskJob;
import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.TaskOutcome.Reported;
import dev.selfheal.validation.sandbox.TaskOutcome.Stopped;
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

    /** What came of looking. */
    sealed interface Observation permits Observed, Unobserved, NoTests {}

    /** The same tests without and with the patch. */
    record Observed(ObservationReport before, ObservationReport after) implements Observation {}

    /**
     * One of the runs did not end.
     *
     * @param patched whether it is the one with the patch
     */
    record Unobserved(boolean patched, Containment containment) implements Observation {}

    /** There is nothing to run. */
    record NoTests() implements Observation {}

    /** Looks once for a candidate. */
    Observation of(Trial trial) throws InterruptedException {
        if (trial.observed().isEmpty()) {
            trial.observed(observe(trial, true));
        }
        return trial.observed().orElseThrow();
    }

    /** The same, run anew on both sides. */
    Observation again(Trial trial) throws InterruptedException {
        return observe(trial, false);
    }

    private Observation observe(Trial trial, boolean remember) throws InterruptedException {
        Optional<ProjectModule> module = trial.classes().keySet().stream().findFirst();
        List<String> selectors = module.map(of -> selectors(trial, of)).orElse(List.of());
        if (selectors.isEmpty()) {
            return new NoTests();
        }
        Map<String, byte[]> own = trial.reproducer().map(Reproducer::classes).orElse(Map.of());
        TaskJob base = job(trial, module.get(), own, selectors);
        TaskOutcome before = remember ? trial.job().baseline().knownResults().report(sandbox, base) : sandbox.run(base);
        if (before instanceof Stopped stopped) {
            return new Unobserved(false, stopped.containment());
        }
        Map<String, byte[]> patched = new TreeMap<>(own);
        patched.putAll(trial.allClasses());
        TaskOutcome after = sandbox.run(job(trial, module.get(), patched, selectors));
        return after instanceof Stopped stopped
                ? new Unobserved(true, stopped.containment())
                : new Observed(decode((Reported) before), decode((Reported) after));
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
