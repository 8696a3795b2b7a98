package dev.selfheal.validation.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * @param overrides classes that replace those of the classpath: binary name to class file (the patch)
 * @param classpath project classes, test classes, resources and dependencies; mounted read-only, in order
 * @param projectDirectory mounted read-only; the tests' working directory
 * @param selectors {@code pkg.Class} or {@code pkg.Class#method}
 * @param timeout for the whole job
 */
public record TestJob(
        Map<String, byte[]> overrides,
        List<Path> classpath,
        Path projectDirectory,
        List<String> selectors,
        Duration timeout) {

    public TestJob {
        overrides = Map.copyOf(overrides);
        classpath = List.copyOf(classpath);
        selectors = List.copyOf(selectors);
    }
}
