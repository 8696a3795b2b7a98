package dev.selfheal.validation.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One-shot JVMs, started ahead for the inmates that were asked for last. Mounts are fixed when a process starts, so the
 * pool is keyed by them; the first order of a key starts cold.
 *
 * <p>A JVM that was used is replaced when no order has run for a while, in this pool or beside it, one at a time: a
 * candidate takes several in a row, and none of them has to share the processor with a JVM that warms up. Where a candidate
 * may ask more often than JVMs wait, a key with none left gets the next at once. Thread-safe.
 */
final class WarmPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarmPool.class);

    /** @param identities of the mounted files: a folder that was deleted and made anew is another mount. */
    private record Key(Inmate inmate, List<Object> identities) {}

    private final int perKey;
    private final int keys;
    private final boolean replaceLastAtOnce;
    private final Starter starter;
    private final Activity activity;
    private final Map<Key, Deque<SandboxJvm>> warm = new LinkedHashMap<>(16, 0.75f, true);
    private final ScheduledExecutorService refiller = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-refill");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    /** Starts a JVM, which warms up by itself. */
    @FunctionalInterface
    interface Starter {

        SandboxJvm start(Inmate inmate) throws IOException, InterruptedException;
    }

    private WarmPool(int perKey, int keys, boolean replaceLastAtOnce, Starter starter, Activity activity) {
        this.perKey = perKey;
        this.keys = keys;
        this.replaceLastAtOnce = replaceLastAtOnce;
        this.starter = starter;
        this.activity = activity;
        activity.afterEnd(() -> refillIn(Activity.QUIET));
    }

    /**
     * For orders that come several in a row, nobody knows how many.
     *
     * @param perKey JVMs that wait for each; 0 starts every one cold
     * @param keys that are kept warm; the least recently used goes first
     */
    static WarmPool ofMany(int perKey, int keys, Starter starter, Activity activity) {
        return new WarmPool(perKey, keys, true, starter, activity);
    }

    /** For orders that a candidate gives once: the next JVM of a key is for the next candidate, and can wait. */
    static WarmPool ofOneEach(int perKey, int keys, Starter starter, Activity activity) {
        return new WarmPool(perKey, keys, false, starter, activity);
    }

    /** Runs the order in a JVM of its own. */
    Reply exchange(Inmate inmate, byte[] order, Duration timeout) throws IOException, InterruptedException {
        Key key = key(inmate);
        activity.begin();
        try {
            return take(key).exchange(order, timeout);
        } finally {
            activity.end();
        }
    }

    /** Has JVMs ready for orders that are about to come, as soon as it is quiet. */
    void expect(Inmate inmate) throws IOException {
        Key key = key(inmate);
        synchronized (this) {
            if (perKey > 0 && !closed && warm.putIfAbsent(key, new ArrayDeque<>()) == null) {
                refillIn(Duration.ZERO);
            }
        }
    }

    private SandboxJvm take(Key key) throws IOException, InterruptedException {
        Optional<SandboxJvm> waiting;
        synchronized (this) {
            if (closed) {
                throw new IOException("the sandbox is closed");
            }
            waiting = poll(key);
        }
        return waiting.isPresent() ? waiting.get() : starter.start(key.inmate());
    }

    private Optional<SandboxJvm> poll(Key key) {
        if (perKey == 0) {
            return Optional.empty();
        }
        Deque<SandboxJvm> queue = warm.computeIfAbsent(key, any -> new ArrayDeque<>());
        Optional<SandboxJvm> alive = Optional.empty();
        while (alive.isEmpty() && !queue.isEmpty()) {
            SandboxJvm next = queue.remove();
            if (next.isAlive()) {
                alive = Optional.of(next);
            } else {
                next.close();
            }
        }
        if (replaceLastAtOnce && alive.isPresent() && queue.isEmpty()) {
            startSuccessor(key, queue);
        }
        return alive;
    }

    /** Without one, the next order starts its own: this one has what it needs. */
    private void startSuccessor(Key key, Deque<SandboxJvm> queue) {
        try {
            queue.add(starter.start(key.inmate()));
        } catch (IOException e) {
            LOG.warn("No sandboxed JVM can be started ahead: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever waits for the answer notices
        }
    }

    private synchronized void refillIn(Duration delay) {
        if (perKey > 0 && !closed) {
            ScheduledFuture<?> unused = refiller.schedule(this::refill, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void refill() {
        try {
            Optional<SandboxJvm> started = startOne();
            while (started.isPresent()) {
                started.get().awaitReady();
                started = startOne();
            }
        } catch (IOException e) {
            LOG.warn("No sandboxed JVM can be started ahead: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty when every key has its own, or it is not the time for it. */
    private synchronized Optional<SandboxJvm> startOne() throws IOException, InterruptedException {
        if (closed || !activity.isQuiet()) {
            return Optional.empty(); // the end of what runs asks again
        }
        evict();
        Optional<Map.Entry<Key, Deque<SandboxJvm>>> scarcest = warm.entrySet().stream()
                .min(Comparator.comparingInt(entry -> entry.getValue().size()));
        if (scarcest.isEmpty() || scarcest.get().getValue().size() >= perKey) {
            return Optional.empty();
        }
        SandboxJvm jvm = starter.start(scarcest.get().getKey().inmate());
        scarcest.get().getValue().add(jvm);
        return Optional.of(jvm);
    }

    private void evict() {
        while (warm.size() > keys) {
            Key eldest = warm.keySet().iterator().next();
            warm.remove(eldest).forEach(SandboxJvm::close);
        }
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
    public void close() {
        synchronized (this) {
            closed = true;
            warm.values().forEach(waiting -> waiting.forEach(SandboxJvm::close));
            warm.clear();
        }
        refiller.shutdownNow();
    }
}
