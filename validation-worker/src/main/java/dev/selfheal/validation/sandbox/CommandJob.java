package dev.selfheal.validation.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program that is run whole.
 *
 * @param tree the project; read, never written to
 * @param files what lies over the tree: path from its root to content
 * @param directory working directory, below the tree's root; empty for the root
 * @param argv absolute program and arguments; {@link #REPORT} is where its report goes
 * @param tools existing paths of the host that it reads
 */
public record CommandJob(
        Path tree, Map<String, byte[]> files, String directory, List<String> argv, List<Path> tools, Duration timeout) {

    /** The answer channel by a name that any program can open. */
    public static final String REPORT = "/proc/self/fd/3";

    public CommandJob {
        files = Map.copyOf(files);
        argv = List.copyOf(argv);
        tools = List.copyOf(tools);
    }
}
