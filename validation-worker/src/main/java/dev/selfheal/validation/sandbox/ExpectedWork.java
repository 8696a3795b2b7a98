package dev.selfheal.validation.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Patches of this project are about to come.
 *
 * @param compileClasspath as the jobs will have it
 * @param javacOptions as the jobs will have them
 * @param testClasspath as the jobs will have it
 * @param projectDirectory as the jobs will have it
 */
public record ExpectedWork(
        List<Path> compileClasspath, List<String> javacOptions, List<Path> testClasspath, Path projectDirectory) {

    public ExpectedWork {
        compileClasspath = List.copyOf(compileClasspath);
        javacOptions = List.copyOf(javacOptions);
        testClasspath = List.copyOf(testClasspath);
    }

    /** What the tasks may read. */
    public List<Path> readable() {
        List<Path> readable = new ArrayList<>(testClasspath);
        readable.add(projectDirectory);
        return readable;
    }
}
