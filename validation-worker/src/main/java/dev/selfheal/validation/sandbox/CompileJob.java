package dev.selfheal.validation.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * @param sources path below a source root ({@code org/example/A.java}) to text
 * @param classpath folders and jars, mounted read-only, in order
 * @param options javac options such as {@code --release 8}; {@code -proc:none} is always added
 */
public record CompileJob(Map<String, String> sources, List<Path> classpath, List<String> options, Duration timeout) {

    public CompileJob {
        sources = Map.copyOf(sources);
        classpath = List.copyOf(classpath);
        options = List.copyOf(options);
    }
}
