package dev.selfheal.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineEvictionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String SOURCE = "class A { }";
    private static final long SIZE = SOURCE.length();
    private static final Duration IDLE = BaselineEviction.IN_USE.plusSeconds(1);

    @TempDir
    private Path store;

    private final EntryLocks locks = new EntryLocks();

    @Test
    void shouldRemoveTheLeastRecentlyUsedWhenTheStoreIsFull() throws Exception {
        Path old = entry("old", IDLE.plusHours(2));
        Path newer = entry("newer", IDLE.plusHours(1));
        assertThat(eviction(2).makeRoom(store, 1)).containsExactly(old);
        assertThat(old).doesNotExist();
        assertThat(newer).exists();
    }

    @Test
    void shouldKeepAllWhileThereIsRoom() throws Exception {
        entry("a", IDLE);
        assertThat(eviction(2).makeRoom(store, 1)).isEmpty();
    }

    @Test
    void shouldNeverRemoveWhatAJobMayStillNeed() throws Exception {
        Path busy = entry("busy", BaselineEviction.IN_USE);
        assertThat(eviction(1).makeRoom(store, 1)).isEmpty();
        assertThat(busy).exists();
    }

    @Test
    void shouldKeepAllAtTheBoundOfBytesAndRemoveTheOldestOnePast() throws Exception {
        Path old = entry("old", IDLE.plusHours(2));
        entry("newer", IDLE.plusHours(1));
        assertThat(eviction(9, 2 * SIZE).makeRoom(store, 1)).isEmpty();
        assertThat(eviction(9, 2 * SIZE - 1).makeRoom(store, 1)).containsExactly(old);
    }

    @Test
    void shouldNotRemoveWhatSomebodyHasLocked() throws Exception {
        Path locked = entry("locked", IDLE.plusHours(2));
        Path free = entry("free", IDLE.plusHours(1));
        try (EntryLocks.Held held = locks.await(locked)) {
            assertThat(eviction(1).makeRoom(store, 0)).containsExactly(free).doesNotContain(held.entry());
        }
        assertThat(locked.resolve("READY")).exists();
    }

    @Test
    void shouldNotTakeAFolderThatACrashLeftHalfMadeForABaseline() throws Exception {
        Path half = entry("half", IDLE);
        Files.delete(half.resolve("READY"));
        assertThat(StoredBaseline.read(half)).isEmpty();
        assertThat(eviction(1).makeRoom(store, 1)).isEmpty();
    }

    @Test
    void shouldKnowTheSizeOfABaseline() throws Exception {
        assertThat(StoredBaseline.read(entry("a", IDLE)).orElseThrow().bytes()).isEqualTo(SIZE);
    }

    @Test
    void shouldFindNothingToRemoveWhereThereIsNoStoreYet() throws Exception {
        assertThat(eviction(1).makeRoom(store.resolve("none"), 1)).isEmpty();
    }

    private BaselineEviction eviction(int limit) {
        return eviction(limit, Long.MAX_VALUE);
    }

    private BaselineEviction eviction(int limit, long bytes) {
        return new BaselineEviction(limit, bytes, locks, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Path entry(String name, Duration idle) throws IOException {
        Path entry = store.resolve(name);
        Files.createDirectories(entry.resolve("tree/src"));
        Files.writeString(entry.resolve("tree/src/A.java"), SOURCE);
        StoredBaseline.mark(entry, "file:///repository", "c0ffee", NOW.minus(idle));
        return entry;
    }
}
