package dev.selfheal.standalone.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for everything that one stack keeps; a temporary one is deleted with it. */
public final class DataDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private final Path path;
    private volatile boolean temporary;

    private DataDirectory(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /** The given folder, created when missing, or a temporary one. */
    public static DataDirectory open(Optional<Path> given) throws IOException {
        if (given.isEmpty()) {
            return new DataDirectory(Files.createTempDirectory("selfheal-").toRealPath(), true);
        }
        return new DataDirectory(Files.createDirectories(given.get()).toRealPath(), false);
    }

    public Path path() {
        return path;
    }

    public Path log() {
        return path.resolve("selfheal.log");
    }

    Path privateKey() {
        return path.resolve("keys").resolve("validator.pem");
    }

    /** PEM; what a deploy pipeline pins. */
    public Path publicKey() {
        return path.resolve("keys").resolve("validator.pub.pem");
    }

    /** What a client of the running stack needs; there while it runs. */
    public Path clientProperties() {
        return path.resolve("client.properties");
    }

    Path of(String service) {
        return path.resolve(service);
    }

    /** Leaves a temporary folder where it is, for somebody to look at. */
    public void keep() {
        temporary = false;
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("left behind {}: {}", path, e.toString());
        }
    }
}
