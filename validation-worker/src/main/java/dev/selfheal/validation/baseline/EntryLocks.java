package dev.selfheal.validation.baseline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to prepare or remove one folder of the store, among the threads of this process and all processes of the host. The
 * operating system takes it back when its holder dies. A lock file stays: removing it would let two processes lock two files
 * of one name. Thread-safe.
 */
final class EntryLocks {

    /**
     * Closing any channel of a file drops all locks that this process has on it (POSIX): a lock file is therefore opened only
     * by the thread that holds the entry's lock in here.
     */
    private final Map<Path, ReentrantLock> threads = new ConcurrentHashMap<>();

    /** Held until closed, by the thread that took it. */
    static final class Held implements AutoCloseable {

        private final Path entry;
        private final ReentrantLock thread;
        private final FileChannel channel;

        private Held(Path entry, ReentrantLock thread, FileChannel channel) {
            this.entry = entry;
            this.thread = thread;
            this.channel = channel;
        }

        Path entry() {
            return entry;
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                thread.unlock();
            }
        }
    }

    /** Waits for it. */
    Held await(Path entry) throws IOException, InterruptedException {
        ReentrantLock thread = threads.computeIfAbsent(entry, any -> new ReentrantLock());
        thread.lockInterruptibly();
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = open(entry);
            lock = channel.lock();
            return new Held(entry, thread, channel);
        } finally {
            if (lock == null) {
                giveUp(channel, thread);
            }
        }
    }

    /** Empty when anybody holds it, this thread included. */
    Optional<Held> ifFree(Path entry) throws IOException {
        ReentrantLock thread = threads.computeIfAbsent(entry, any -> new ReentrantLock());
        if (thread.isHeldByCurrentThread() || !thread.tryLock()) {
            return Optional.empty();
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = open(entry);
            lock = channel.tryLock();
            return lock == null ? Optional.empty() : Optional.of(new Held(entry, thread, channel));
        } finally {
            if (lock == null) {
                giveUp(channel, thread);
            }
        }
    }

    private static void giveUp(FileChannel channel, ReentrantLock thread) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            thread.unlock();
        }
    }

    private static FileChannel open(Path entry) throws IOException {
        return FileChannel.open(
                entry.resolveSibling(entry.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }
}
