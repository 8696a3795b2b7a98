package dev.selfheal.ingest.limit;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes all requests together may hold: however many come at once, their bodies take no more. Thread-safe. */
public final class MemoryBudget {

    private final long limit;
    /** At no time above the limit. */
    private final AtomicLong held = new AtomicLong();

    /**
     * @param limit bytes
     */
    public MemoryBudget(long limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("a budget of " + limit + " bytes takes nothing in");
        }
        this.limit = limit;
    }

    /** Bytes that are held now. */
    public long held() {
        return held.get();
    }

    /** What one request holds: nothing yet. */
    public Claim claim() {
        return new Claim();
    }

    private boolean take(long bytes) {
        long before = held.get();
        while (bytes <= limit - before) {
            if (held.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = held.get();
        }
        return false;
    }

    /** The share of one request. Thread-safe: the thread that ends a request need not be the one that read it. */
    public final class Claim implements AutoCloseable {

        private long bytes;
        private boolean closed;

        private Claim() {}

        /** False when all that is left of the budget is less, or the claim is closed; then nothing was taken. */
        public synchronized boolean take(long more) {
            boolean taken = !closed && MemoryBudget.this.take(more);
            bytes += taken ? more : 0;
            return taken;
        }

        /**
         * Part of what was taken.
         *
         * @throws IllegalArgumentException when it is more than that
         */
        public synchronized void giveBack(long less) {
            if (!closed) {
                if (less > bytes) {
                    throw new IllegalArgumentException("gave back " + less + " bytes of " + bytes);
                }
                bytes -= less;
                held.addAndGet(-less);
            }
        }

        /** Gives everything back; further calls do nothing. */
        @Override
        public synchronized void close() {
            giveBack(bytes);
            closed = true;
        }
    }
}
