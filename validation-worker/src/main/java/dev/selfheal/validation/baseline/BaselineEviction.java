package dev.selfheal.validation.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the store within its bounds: the least recently used baselines go, but none that a running job may still need. Safe
 * beside other processes at the same store: an entry goes only under its lock, and is looked at again once the lock is held.
 */
final class BaselineEviction {

    /** Longer than any job: a baseline used within this time is never removed, even if a bound is passed. */
    static final Duration IN_USE = Duration.ofMinutes(30);

    private final int entries;
    private final long bytes;
    private final EntryLocks locks;
    private final Clock clock;

    /**
     * @param entries baselines kept at most
     * @param bytes of all baselines together; the one prepared last stays even when it is larger alone
     */
    BaselineEviction(int entries, long bytes, EntryLocks locks, Clock clock) {
        if (entries < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "bounds are " + entries + " entries and " + bytes + " bytes, must be positive");
        }
        this.entries = entries;
        this.bytes = bytes;
        this.locks = locks;
        this.clock = clock;
    }

    /**
     * Removes the oldest until there is room for so many more; returns what it removed.
     *
     * @param more baselines about to be added: their size is not known yet
     */
    List<Path> makeRoom(Path folder, int more) throws IOException {
        List<StoredBaseline> stored = byAge(folder);
        int left = stored.size() + more;
        long size = stored.stream().mapToLong(StoredBaseline::bytes).sum();
        List<Path> removed = new ArrayList<>();
        for (StoredBaseline oldest : stored) {
            if ((left <= entries && size <= bytes) || isInUse(oldest)) {
                break;
            }
            if (removeIfStillIdle(oldest.entry())) {
                removed.add(oldest.entry());
                left--;
                size -= oldest.bytes();
            }
        }
        return removed;
    }

    private boolean removeIfStillIdle(Path entry) throws IOException {
        Optional<EntryLocks.Held> lock = locks.ifFree(entry);
        if (lock.isEmpty()) {
            return false;
        }
        try (EntryLocks.Held held = lock.get()) {
            Optional<StoredBaseline> now = StoredBaseline.read(held.entry());
            if (now.isEmpty() || isInUse(now.get())) {
                return false;
            }
            // The marker goes first: a half-removed folder must not look whole.
            Files.delete(entry.resolve(StoredBaseline.READY));
            delete(entry);
            return true;
        }
    }

    private boolean isInUse(StoredBaseline baseline) {
        Instant idleSince = clock.instant().minus(IN_USE);
        return !baseline.lastUse().isBefore(idleSince);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    private static List<StoredBaseline> byAge(Path folder) throws IOException {
        List<StoredBaseline> stored = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path entry : all.filter(Files::isDirectory).toList()) {
                StoredBaseline.read(entry).ifPresent(stored::add);
            }
        } catch (NoSuchFileException e) {
            return List.of(); // nobody has prepared anything yet
        }
        stored.sort(Comparator.comparing(StoredBaseline::lastUse));
        return stored;
    }
}
