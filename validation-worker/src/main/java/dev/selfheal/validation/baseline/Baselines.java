package dev.selfheal.validation.baseline;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.source.SourceMirrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Baselines on disk, one folder per (repository, subdirectory, commit), prepared once and shared by concurrent jobs and by
 * processes that use the same folder. A file lock guards each preparation, a marker written last says that it is whole.
 * Thread-safe.
 */
public final class Baselines {

    /** What the store may hold. */
    public record Bounds(int entries, long bytes) {}

    private final Path folder;
    private final BaselinePreparation preparation;
    private final BaselineEviction eviction;
    private final Clock clock;
    private final EntryLocks entries = new EntryLocks();
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, Baseline> loaded = new ConcurrentHashMap<>();

    /**
     * @param folder may be missing
     * @param bounds of what is kept on disk; the least recently used go first
     */
    public Baselines(
            Path folder, SourceMirrors sources, BuildSettings maven, BuildSettings gradle, Bounds bounds, Clock clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.preparation = new BaselinePreparation(sources, new MavenBuild(maven), new GradleBuild(gradle));
        this.eviction = new BaselineEviction(bounds.entries(), bounds.bytes(), entries, clock);
        this.clock = clock;
    }

    /**
     * The baseline, prepared now when it is not there yet.
     *
     * @param commit full commit id
     * @throws HealingException {@code BASE_BROKEN} when the commit does not build, {@code SOURCE_UNAVAILABLE} when it
     *     cannot be had
     */
    public Baseline of(SourceRepository repository, String commit) throws HealingException, InterruptedException {
        String key = key(repository, commit);
        ReentrantLock lock = locks.computeIfAbsent(key, k -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            Path entry = folder.resolve(key);
            Baseline known = loaded.get(key);
            if (known == null || !Files.exists(entry.resolve(StoredBaseline.READY))) {
                known = loadOrPrepare(entry, repository, commit);
                loaded.put(key, known);
            }
            touch(entry);
            return known;
        } catch (IOException e) {
            throw new RetriableException(ErrorCode.INTERNAL, "baseline store " + folder + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private Baseline loadOrPrepare(Path entry, SourceRepository repository, String commit)
            throws IOException, HealingException, InterruptedException {
        Files.createDirectories(folder);
        try (EntryLocks.Held held = entries.await(entry)) {
            if (!Files.exists(entry.resolve(StoredBaseline.READY))) {
                BaselineEviction.delete(entry);
                forget(eviction.makeRoom(folder, 1));
                preparation.prepare(entry, repository, commit);
                StoredBaseline.mark(entry, repository.getUrl(), commit, clock.instant());
                forget(eviction.makeRoom(folder, 0));
            }
            return preparation.load(held.entry(), commit);
        }
    }

    private void forget(List<Path> removed) {
        removed.forEach(gone -> loaded.remove(gone.getFileName().toString()));
    }

    private void touch(Path entry) throws IOException {
        Files.setLastModifiedTime(entry.resolve(StoredBaseline.READY), FileTime.from(clock.instant()));
    }

    private static String key(SourceRepository repository, String commit) {
        String text = repository.getUrl() + "\n" + repository.getSubdirectory() + "\n" + commit
                + (SourceBuild.MAVEN.equals(repository.getBuild()) ? "" : "\n" + repository.getBuild());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
