package dev.selfheal.validation.baseline;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.errors.RetriableException;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.source.SourceMirrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Baselines on disk, one folder per (repository, subdirectory, commit), prepared once and shared by concurrent jobs and by
 * processes that use the same folder. A file lock guards each preparation, a marker written last says that it is whole.
 * Thread-safe.
 */
public final class Baselines {

    private static final String READY = "READY";

    private final Path folder;
    private final BaselinePreparation preparation;
    private final BaselineEviction eviction;
    private final Clock clock;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, Baseline> loaded = new ConcurrentHashMap<>();

    /**
     * @param folder may be missing
     * @param limit baselines kept on disk; the least recently used go first
     */
    public Baselines(Path folder, SourceMirrors sources, MavenSettings maven, int limit, Clock clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.preparation = new BaselinePreparation(sources, new MavenBuild(maven));
        this.eviction = new BaselineEviction(limit, clock);
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
            if (known == null || !Files.exists(entry.resolve(READY))) {
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
        try (FileChannel channel = FileChannel.open(
                        folder.resolve(entry.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid()) {
                throw new IOException("lost the lock on " + entry);
            }
            if (!Files.exists(entry.resolve(READY))) {
                BaselineEviction.delete(entry);
                eviction.makeRoom(folder)
                        .forEach(gone -> loaded.remove(gone.getFileName().toString()));
                preparation.prepare(entry, repository, commit);
                Files.writeString(entry.resolve(READY), repository.getUrl() + "\n" + commit + "\n");
            }
            return preparation.load(entry, commit);
        }
    }

    private void touch(Path entry) throws IOException {
        Files.setLastModifiedTime(entry.resolve(READY), FileTime.from(clock.instant()));
    }

    private static String key(SourceRepository repository, String commit) {
        String text = repository.getUrl() + "\n" + repository.getSubdirectory() + "\n" + commit;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
