package dev.selfheal.ingest.spool;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One thread that writes whatever has come in while it wrote the last: one fsync for many entries. Thread-safe. */
final class GroupCommit implements AutoCloseable {

    /** Bounds one write, so that the first entry in it does not wait for a flood behind it. */
    private static final long LARGEST_GROUP_BYTES = 4 << 20;

    /** Writes entries for good. */
    @FunctionalInterface
    interface Writing {

        void write(List<byte[]> entries) throws IOException;
    }

    private record Waiting(byte[] entry, CompletableFuture<Void> done) {}

    private final Writing writing;
    private final Thread thread = new Thread(this::run, "spool-writer");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private boolean running;
    private boolean closed;

    GroupCommit(Writing writing) {
        this.writing = writing;
    }

    void start() {
        running = true; // not seen by any other thread yet
        thread.setDaemon(true);
        thread.start();
    }

    /** False when a bug has ended the thread, or it was told to end. */
    boolean isAlive() {
        return thread.isAlive();
    }

    /** Completes on the writer's thread when the entry is written; do nothing slow there. */
    CompletableFuture<Void> submit(byte[] entry) {
        Waiting waiting = new Waiting(entry, new CompletableFuture<>());
        lock.lock();
        try {
            queue.add(waiting);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return waiting.done();
    }

    /** Returns when all that was submitted is written, or has failed. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            // Not to be interrupted: the entries' senders wait for their answer.
            while (running) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        List<Waiting> group = next();
        while (!group.isEmpty()) {
            commit(group);
            group = next();
        }
        lock.lock();
        try {
            running = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Waiting> group) {
        try {
            writing.write(group.stream().map(Waiting::entry).toList());
        } catch (IOException
                | RuntimeException
                | Error e) { // out of memory too: who waits must be told, and others come
            group.forEach(waiting -> waiting.done().completeExceptionally(e));
            return;
        }
        group.forEach(waiting -> waiting.done().complete(null));
    }

    /** Waits for entries; empty when it is closed and all are written. */
    private List<Waiting> next() {
        List<Waiting> group = new ArrayList<>();
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            long bytes = 0;
            while (!queue.isEmpty() && bytes < LARGEST_GROUP_BYTES) {
                bytes += queue.peekFirst().entry().length;
                group.add(queue.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        return group;
    }
}
