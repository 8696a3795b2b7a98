package dev.selfheal.validation.sandbox;

import dev.selfheal.validation.sandbox.runner.RunnerMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * What runs inside the sandbox: the runner package in a jar of its own, so that nothing else of the worker is visible
 * there, and the test framework's jars.
 *
 * @param classpath existing absolute paths
 */
record RunnerBundle(List<Path> classpath) {

    /** One class of every jar; the jar is wherever the class was loaded from. */
    private static final List<String> FRAMEWORK = List.of(
            "org.junit.platform.launcher.Launcher",
            "org.junit.platform.engine.TestEngine",
            "org.junit.platform.commons.JUnitException",
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.params.ParameterizedTest",
            "org.junit.jupiter.engine.JupiterTestEngine",
            "org.junit.vintage.engine.VintageTestEngine",
            "org.junit.Test",
            "org.hamcrest.Matcher",
            "org.opentest4j.AssertionFailedError");

    /** Writes the runner's jar into the folder. */
    static RunnerBundle prepare(Path folder) throws IOException {
        Set<Path> jars = new LinkedHashSet<>();
        jars.add(writeRunnerJar(folder.resolve("runner.jar")));
        for (String name : FRAMEWORK) {
            try {
                jars.add(origin(Class.forName(name, false, RunnerBundle.class.getClassLoader())));
            } catch (ClassNotFoundException e) {
                throw new IOException("the test framework is not on the worker's classpath: " + name, e);
            }
        }
        return new RunnerBundle(List.copyOf(jars));
    }

    private static Path writeRunnerJar(Path jar) throws IOException {
        Path origin = origin(RunnerMain.class);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            if (Files.isDirectory(origin)) {
                copyRunner(origin, out);
            } else {
                try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + origin.toUri()), Map.of())) {
                    copyRunner(inside.getPath("/"), out);
                }
            }
        }
        return jar;
    }

    private static void copyRunner(Path root, JarOutputStream out) throws IOException {
        Path runner = root.resolve(RunnerMain.class.getPackageName().replace('.', '/'));
        try (Stream<Path> classes = Files.list(runner)) {
            for (Path file : classes.sorted().toList()) {
                out.putNextEntry(new JarEntry(root.relativize(file).toString()));
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private static Path origin(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toRealPath();
        } catch (URISyntaxException e) {
            throw new IOException("cannot find the jar of " + type.getName(), e);
        }
    }
}
