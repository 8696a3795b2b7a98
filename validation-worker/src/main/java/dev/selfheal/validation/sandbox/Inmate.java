package dev.selfheal.validation.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * A process to be jailed.
 *
 * @param readOnly existing absolute paths it may read, at the same place inside
 * @param workingDirectory one of {@code readOnly} or below one, or the root
 * @param argv absolute program and arguments
 */
record Inmate(List<Path> readOnly, Path workingDirectory, List<String> argv, Limits limits) {

    Inmate {
        readOnly = List.copyOf(readOnly);
        argv = List.copyOf(argv);
    }
}
