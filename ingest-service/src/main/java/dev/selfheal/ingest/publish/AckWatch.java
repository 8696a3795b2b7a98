package dev.selfheal.ingest.publish;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fails what is not acknowledged within the bound. One queue for all, oldest first, looked at a few times a second: far
 * cheaper for each event than a timer of its own. Thread-safe.
 */
final class AckWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(50);

    private record Expected(CompletableFuture<?> acknowledgement, long deadlineNanos) {}

    private final long boundNanos;
    private final Queue<Expected> expected = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ack-watch");

    AckWatch(Duration bound) {
        this.boundNanos = bound.toNanos();
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    void watch(CompletableFuture<?> acknowledgement) {
        expected.add(new Expected(acknowledgement, System.nanoTime() + boundNanos));
    }

    /** Fails whatever is late at the given time. */
    void sweep(long nowNanos) {
        Expected oldest = expected.peek();
        while (oldest != null && (oldest.acknowledgement().isDone() || oldest.deadlineNanos() - nowNanos <= 0)) {
            expected.remove();
            oldest.acknowledgement()
                    .completeExceptionally(new TimeoutException(
                            "no acknowledgement within " + TimeUnit.NANOSECONDS.toMillis(boundNanos) + " ms"));
            oldest = expected.peek();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
