package dev.selfheal.validation.check;

import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.sandbox.TestJob;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The test that is to show the error.
 *
 * @param selector as the runner takes it
 * @param module whose tests it belongs to
 * @param classes its class files where its proposer wrote it; empty for a test of the base
 */
record Reproducer(String selector, ProjectModule module, Map<String, byte[]> classes) {

    Reproducer {
        classes = Map.copyOf(classes);
    }

    boolean isOwn() {
        return !classes.isEmpty();
    }

    /** A run of it on the base with these classes in place of the base's. */
    TestJob job(Map<String, byte[]> patched, Duration timeout) {
        Map<String, byte[]> overrides = new HashMap<>(classes);
        overrides.putAll(patched);
        return new TestJob(overrides, module.testClasspath(), module.directory(), List.of(selector), timeout);
    }
}
