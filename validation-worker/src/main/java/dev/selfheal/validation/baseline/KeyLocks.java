package dev.selfheal.validation.baseline;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** A lock for each key, taken together without deadlock. A thread may take what it holds once more. Thread-safe. */
final class KeyLocks<K extends Record> {

    private final Map<K, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Until closed, by the thread that took it. */
    final class Held implements AutoCloseable {

        private final List<K> keys;
        private final Deque<ReentrantLock> taken = new ArrayDeque<>();

        private Held(List<K> keys) {
            this.keys = keys;
        }

        List<K> keys() {
            return keys;
        }

        @Override
        public void close() {
            while (!taken.isEmpty()) {
                taken.pop().unlock();
            }
        }
    }

    /** Waits for all of them, in the order of their texts: whoever wants some of the same waits at the same place. */
    Held take(Collection<K> keys) throws InterruptedException {
        Held held =
                new Held(keys.stream().sorted(Comparator.comparing(K::toString)).toList());
        try {
            for (K key : held.keys) {
                ReentrantLock lock = locks.computeIfAbsent(key, any -> new ReentrantLock());
                lock.lockInterruptibly();
                held.taken.push(lock);
            }
            return held;
        } catch (InterruptedException e) {
            held.close();
            throw e;
        }
    }
}
