package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sandbox's own files: for this user only, gone after {@link #close()}. */
final class StateDirectory implements AutoCloseable {

    /** The worker's process id follows, so that a later worker can tell what a killed one left. */
    private static final String PREFIX = "selfheal-sandbox-";

    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,9})-\\d+");

    private final Path path;

    private StateDirectory(Path path) {
        this.path = path;
    }

    /** Makes a new folder below the given one, and deletes those of workers that no longer run. */
    static StateDirectory create(Path parent) throws IOException {
        Files.createDirectories(parent);
        for (Path abandoned : abandoned(parent)) {
            delete(abandoned);
        }
        return new StateDirectory(Files.createTempDirectory(
                        parent,
                        PREFIX + ProcessHandle.current().pid() + "-",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                .toRealPath());
    }

    Path path() {
        return path;
    }

    private static List<Path> abandoned(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(StateDirectory::isAbandoned).toList();
        }
    }

    private static boolean isAbandoned(Path entry) {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        return name.matches()
                && Files.isWritable(entry)
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (Files.exists(path)) {
                delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
