package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a JVM makes of the classes of runner, test framework and compiler, kept from a first start and mapped by all later
 * ones (application class data sharing). Made once per JDK and version of ours, in the background, by a JVM that runs
 * our own code alone. The JVM checks by itself that it fits, and goes without where it does not.
 *
 * <p>The archive is code that runs beside every patch. The folder belongs to the worker's user alone, and inside the
 * sandbox the file cannot be written.
 */
final class ClassArchive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

    private static final long MINUTES = 2;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path file;
    private Optional<Process> making = Optional.empty();
    private boolean closed;

    private ClassArchive(Path file) {
        this.file = file;
    }

    /** The folder for one JDK and one version of what runs in it, made if missing; the runner's jar lives there too. */
    static Path folder(Path parent, Path javaHome, byte[] runner, Collection<Path> framework) throws IOException {
        Path folder = parent.toAbsolutePath().resolve(identity(javaHome, runner, framework));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(parent);
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        requireOurs(folder);
        return folder.toRealPath();
    }

    static ClassArchive in(Path folder) {
        return new ClassArchive(folder.resolve("runner.jsa"));
    }

    /** Present once it was made whole. */
    Optional<Path> file() {
        return Optional.of(file).filter(Files::exists);
    }

    /** Returns at once; later starts find the archive. */
    void makeIfMissing(JvmCommand jvm, Limits limits) {
        if (Files.exists(file)) {
            return;
        }
        Thread maker = new Thread(() -> make(jvm, limits), "class-archive");
        maker.setDaemon(true);
        maker.start();
    }

    private void make(JvmCommand jvm, Limits limits) {
        try {
            removeLeftovers(file.getParent());
            // Not by process id, of which another container may have the same.
            Path fresh = file.resolveSibling("fresh-" + UUID.randomUUID() + ".jsa");
            List<String> argv = new ArrayList<>(
                    jvm.argv(List.of("rehearse"), limits, List.of("-XX:ArchiveClassesAtExit=" + fresh)));
            Process process = start(argv, jvm.surroundings());
            if (process.waitFor(MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0 && Files.exists(fresh)) {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
                LOG.info("Class data of the sandboxed JVMs: {}, {} KiB", file, Files.size(file) >> 10);
            } else {
                process.destroyForcibly();
                Files.deleteIfExists(fresh);
                LOG.warn("No class data archive could be made in {}: sandboxed JVMs start slower", file.getParent());
            }
        } catch (IOException e) {
            LOG.warn("No class data archive: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of workers that were killed while they made one: none takes as long as that. */
    private static void removeLeftovers(Path folder) throws IOException {
        Instant old = Instant.now().minus(2 * MINUTES, ChronoUnit.MINUTES);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "fresh-*.jsa")) {
            for (Path each : left) {
                if (Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private synchronized Process start(List<String> argv, Surroundings surroundings) throws IOException {
        if (closed) {
            throw new IOException("the sandbox was closed before");
        }
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().clear();
        builder.environment().putAll(surroundings.environment());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        making = Optional.of(process);
        return process;
    }

    /** A JVM that is making one is ended. */
    @Override
    public synchronized void close() {
        closed = true;
        making.ifPresent(process -> ProcessTree.kill(process.toHandle()));
    }

    /** Somebody else's folder, or one that others may write to, could hold somebody else's code. */
    private static void requireOurs(Path folder) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Path mine = Files.createTempFile(folder, "owner", "");
        try {
            boolean owned = Files.getOwner(mine).equals(attributes.owner());
            if (!owned || !Collections.disjoint(attributes.permissions(), OTHERS_WRITE)) {
                throw new IOException(folder + " must belong to the worker's user, and nobody else may write to it");
            }
        } finally {
            Files.delete(mine);
        }
    }

    private static String identity(Path javaHome, byte[] runner, Collection<Path> framework) throws IOException {
        List<Path> files = new ArrayList<>(framework);
        files.add(javaHome.toRealPath().resolve("lib/modules"));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(runner);
            for (Path file : files) {
                String text = file + "\n" + Files.getLastModifiedTime(file) + "\n" + Files.size(file) + "\n";
                digest.update(text.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
