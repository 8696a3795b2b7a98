package dev.selfheal.patch;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.source.SourceMirrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lays a commit's files out in a folder of their own for the time of one job. Thread-safe. */
final class SourceCheckout {

    private static final Logger LOG = LoggerFactory.getLogger(SourceCheckout.class);

    private final SourceMirrors mirrors;
    private final Path jobs;

    /**
     * @param jobs where job folders are made; created when missing
     */
    SourceCheckout(SourceMirrors mirrors, Path jobs) {
        this.mirrors = mirrors;
        this.jobs = jobs;
    }

    /** Files of a commit; closing it deletes them. */
    record Tree(Path root, String commit) implements AutoCloseable {
        @Override
        public void close() {
            deleteTree(root);
        }
    }

    /**
     * @throws HealingException {@code SOURCE_UNAVAILABLE}; a retriable one when trying again may help
     */
    Tree open(SourceRepository repository, Optional<String> commit) throws HealingException, InterruptedException {
        String resolved = mirrors.resolve(repository, commit);
        Path folder = newFolder();
        try {
            mirrors.export(repository, resolved, folder);
        } catch (HealingException | RuntimeException e) {
            deleteTree(folder);
            throw e;
        }
        return new Tree(folder, resolved);
    }

    private Path newFolder() throws HealingException {
        try {
            Files.createDirectories(jobs);
            return Files.createTempDirectory(jobs, "job-");
        } catch (IOException e) {
            throw new HealingException(ErrorCode.SOURCE_UNAVAILABLE, "cannot make a folder below " + jobs, e);
        }
    }

    /** Deletes what jobs of an earlier, killed process left behind. */
    void deleteLeftovers() {
        if (Files.isDirectory(jobs)) {
            try (Stream<Path> left = Files.list(jobs)) {
                left.forEach(SourceCheckout::deleteTree);
            } catch (IOException e) {
                LOG.warn("cannot list {}: {}", jobs, e.toString());
            }
        }
    }

    /** A folder that cannot be deleted costs disk space, not a proposal: it is logged. */
    private static void deleteTree(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot delete {}: {}", root, e.toString());
        }
    }
}
