package dev.selfheal.validation.baseline;

import dev.selfheal.validation.sandbox.ExpectedWork;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One built module of a base commit: Maven's word, a project where Gradle built it. All paths are absolute.
 *
 * @param directory the module's folder, where its tests run
 * @param sourceRoots folders of main source code, generated ones included
 * @param testRoots folders of test source code
 * @param testClasspath everything its tests see, in the build's order: test classes, main classes, dependencies
 * @param javacOptions the options its main code is compiled with, without class path and encoding
 */
public record ProjectModule(
        Path directory,
        Path mainClasses,
        Path testClasses,
        List<Path> sourceRoots,
        List<Path> testRoots,
        List<Path> testClasspath,
        List<String> javacOptions,
        Charset encoding) {

    public ProjectModule {
        sourceRoots = List.copyOf(sourceRoots);
        testRoots = List.copyOf(testRoots);
        testClasspath = List.copyOf(testClasspath);
        javacOptions = List.copyOf(javacOptions);
    }

    /** The path below the main source root that holds the file; empty when none does. */
    public Optional<Path> inSources(Path file) {
        return sourceRoots.stream()
                .filter(file::startsWith)
                .map(root -> root.relativize(file))
                .findFirst();
    }

    /** The test class path without the module's own test code: what main code compiles against. */
    public List<Path> mainClasspath() {
        return testClasspath.stream()
                .filter(entry -> !entry.equals(testClasses))
                .toList();
    }

    /** What patches of this module will ask of a sandbox. */
    public ExpectedWork expectedWork() {
        return new ExpectedWork(mainClasspath(), javacOptions, testClasspath, directory);
    }
}
