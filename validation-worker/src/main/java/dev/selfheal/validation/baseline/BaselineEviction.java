package dev.selfheal.validation.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the store within its bound: the least recently used baselines go, but none that a running job may still need. */
final class BaselineEviction {

    /** Longer than any job: a baseline used within this time is never removed, even if the bound is passed. */
    static final Duration IN_USE = Duration.ofMinutes(30);

    private final int limit;
    private final Clock clock;

    BaselineEviction(int limit, Clock clock) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ", must be at least 1");
        }
        this.limit = limit;
        this.clock = clock;
    }

    /** Removes enough for one more; returns what it removed. */
    List<Path> makeRoom(Path folder) throws IOException {
        List<Path> ready = byAge(folder);
        Instant idleSince = clock.instant().minus(IN_USE);
        List<Path> removed = new ArrayList<>();
        for (Path entry : ready) {
            if (ready.size() - removed.size() < limit
                    || !lastUse(entry).toInstant().isBefore(idleSince)) {
                break;
            }
            // The marker goes first: a half-removed folder must not look whole.
            Files.deleteIfExists(entry.resolve("READY"));
            delete(entry);
            removed.add(entry);
        }
        return removed;
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

    private static List<Path> byAge(Path folder) throws IOException {
        List<Path> ready = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (Files.exists(entry.resolve("READY"))) {
                    ready.add(entry);
                }
            }
        }
        record Aged(Path entry, FileTime used) {}
        List<Aged> aged = new ArrayList<>();
        for (Path entry : ready) {
            aged.add(new Aged(entry, lastUse(entry)));
        }
        aged.sort(Comparator.comparing(Aged::used));
        return aged.stream().map(Aged::entry).toList();
    }

    private static FileTime lastUse(Path entry) throws IOException {
        return Files.getLastModifiedTime(entry.resolve("READY"));
    }
}
