package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The sandbox's own files: for this user only, gone after {@link #close()}. A locked file beside the folder says that its
 * worker is alive: the kernel takes the lock away however a worker ends, where a process id may be another process's by
 * then, or in a container is always the same.
 */
final class StateDirectory implements AutoCloseable {

    private static final String PREFIX = "selfheal-sandbox-";
    private static final String LOCK = ".lock";

    /**
     * Locks of this process. Their files must not be opened again here: closing any channel of a file drops all locks that the
     * process has on it (POSIX).
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path lock;
    private final FileChannel held;

    private StateDirectory(Path path, Path lock, FileChannel held) {
        this.path = path;
        this.lock = lock;
        this.held = held;
    }

    /** Makes a new folder below the given one, and deletes those of workers that no longer run. */
    static StateDirectory create(Path folder) throws IOException {
        Path parent = Files.createDirectories(folder).toRealPath();
        for (Path left : locks(parent)) {
            deleteWhenAbandoned(left);
        }
        while (true) {
            String name = PREFIX + UUID.randomUUID();
            Path lock = parent.resolve(name + LOCK);
            OURS.add(lock);
            FileChannel held = FileChannel.open(
                    lock, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only("rw-------"));
            held.lock();
            if (Files.exists(lock)) {
                return new StateDirectory(Files.createDirectory(parent.resolve(name), only("rwx------")), lock, held);
            }
            OURS.remove(lock);
            held.close(); // deleted before it was locked: taken for a dead worker's
        }
    }

    Path path() {
        return path;
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static List<Path> locks(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry ->
                            isLock(entry.getFileName().toString()) && Files.isWritable(entry) && !OURS.contains(entry))
                    .toList();
        }
    }

    private static boolean isLock(String name) {
        return name.startsWith(PREFIX) && name.endsWith(LOCK);
    }

    private static void deleteWhenAbandoned(Path lock) throws IOException {
        String name = lock.getFileName().toString();
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                delete(lock.resolveSibling(name.substring(0, name.length() - LOCK.length())));
                Files.deleteIfExists(lock);
            }
        } catch (NoSuchFileException e) {
            // Somebody else was deleting it too.
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        try (held) {
            delete(path);
            Files.deleteIfExists(lock);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        } finally {
            OURS.remove(lock);
        }
    }
}
