package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Decides which of a job's paths are mounted. */
final class Mounts {

    private static final Path HOME = Path.of(System.getProperty("user.home")).toAbsolutePath();

    private Mounts() {}

    /**
     * Absolute, existing, each once, none below another; a classpath may name folders that no build has made.
     *
     * @throws IOException when a path would expose the user's home folder
     */
    static List<Path> of(Collection<Path> paths) throws IOException {
        List<Path> mounts = new ArrayList<>();
        for (Path path : paths.stream().map(Mounts::clean).distinct().sorted().toList()) {
            if (HOME.startsWith(path)) {
                throw new IOException("refusing to mount " + path + ": the home folder " + HOME + " is inside");
            }
            if (Files.exists(path) && mounts.stream().noneMatch(path::startsWith)) {
                mounts.add(path);
            }
        }
        return mounts;
    }

    static Path clean(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
