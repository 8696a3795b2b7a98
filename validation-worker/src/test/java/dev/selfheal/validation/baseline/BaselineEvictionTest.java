package dev.selfheal.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineEvictionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration IDLE = BaselineEviction.IN_USE.plusSeconds(1);

    @TempDir
    private Path store;

    @Test
    void shouldRemoveTheLeastRecentlyUsedWhenTheStoreIsFull() throws Exception {
        Path old = entry("old", IDLE.plusHours(2));
        Path newer = entry("newer", IDLE.plusHours(1));
        assertThat(eviction(2).makeRoom(store)).containsExactly(old);
        assertThat(old).doesNotExist();
        assertThat(newer).exists();
    }

    @Test
    void shouldKeepAllWhileThereIsRoom() throws Exception {
        entry("a", IDLE);
        assertThat(eviction(2).makeRoom(store)).isEmpty();
    }

    @Test
    void shouldNeverRemoveWhatAJobMayStillNeed() throws Exception {
        Path busy = entry("busy", BaselineEviction.IN_USE);
        assertThat(eviction(1).makeRoom(store)).isEmpty();
        assertThat(busy).exists();
    }

    private BaselineEviction eviction(int limit) {
        return new BaselineEviction(limit, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Path entry(String name, Duration idle) throws IOException {
        Path entry = store.resolve(name);
        Files.createDirectories(entry.resolve("tree/src"));
        Files.writeString(entry.resolve("tree/src/A.java"), "class A { }");
        Path ready = Files.writeString(entry.resolve("READY"), "");
        Files.setLastModifiedTime(ready, FileTime.from(NOW.minus(idle)));
        return entry;
    }
}
