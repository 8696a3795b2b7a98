package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One-shot JVMs, started ahead for the mounts that were used last. Mounts are fixed when a process starts, so the pool is
 * keyed by them; the first order of a key starts cold. Thread-safe.
 */
final class WarmPool implements AutoCloseable {

    /** @param identities of the mounted files: a folder that was deleted and made anew is another mount. */
    private record Key(Inmate inmate, List<Object> identities) {}

    private final int capacity;
    private final JvmStarter starter;
    private final Map<Key, Deque<SandboxJvm>> warm = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /** @param capacity waiting JVMs over all keys */
    WarmPool(int capacity, JvmStarter starter) {
        this.capacity = capacity;
        this.starter = starter;
    }

    /** Runs the order in a JVM of its own, and then warms up the next one. */
    Reply exchange(Inmate inmate, byte[] order, Duration timeout) throws IOException, InterruptedException {
        Key key = key(inmate);
        Reply reply = take(key).exchange(order, timeout);
        refill(key);
        return reply;
    }

    private SandboxJvm take(Key key) throws IOException, InterruptedException {
        synchronized (this) {
            if (closed) {
                throw new IOException("the sandbox is closed");
            }
            Deque<SandboxJvm> waiting = warm.getOrDefault(key, new ArrayDeque<>());
            for (SandboxJvm jvm = waiting.poll(); jvm != null; jvm = waiting.poll()) {
                if (jvm.isAlive()) {
                    return jvm;
                }
                jvm.close();
            }
        }
        return starter.start(key.inmate());
    }

    private synchronized void refill(Key key) throws IOException, InterruptedException {
        if (closed || capacity == 0) {
            return;
        }
        Deque<SandboxJvm> waiting = warm.computeIfAbsent(key, any -> new ArrayDeque<>());
        while (waiting.size() < capacity) {
            waiting.add(starter.start(key.inmate()));
        }
        for (Iterator<Deque<SandboxJvm>> eldest = warm.values().iterator(); size() > capacity; ) {
            eldest.next().forEach(SandboxJvm::close);
            eldest.remove();
        }
    }

    private int size() {
        return warm.values().stream().mapToInt(Deque::size).sum();
    }

    private static Key key(Inmate inmate) throws IOException {
        List<Object> identities = new ArrayList<>();
        for (Path path : inmate.readOnly()) {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            identities.add(String.valueOf(attributes.fileKey()));
        }
        return new Key(inmate, List.copyOf(identities));
    }

    @Override
    public synchronized void close() {
        closed = true;
        warm.values().forEach(waiting -> waiting.forEach(SandboxJvm::close));
        warm.clear();
    }
}
