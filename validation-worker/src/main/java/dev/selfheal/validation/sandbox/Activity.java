package dev.selfheal.validation.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * What a sandbox does at the moment, over all its pools: JVMs are started ahead only while nobody needs the processors for
 * an answer. Thread-safe.
 */
final class Activity {

    /** Longer than what lies between two orders of one candidate. */
    static final Duration QUIET = Duration.ofMillis(150);

    private final LongSupplier nanoTime;
    private final List<Runnable> afterEnd = new CopyOnWriteArrayList<>();
    private int running;
    private long lastEnd;

    Activity() {
        this(System::nanoTime);
    }

    Activity(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastEnd = nanoTime.getAsLong() - QUIET.toNanos();
    }

    /** Called whenever an order has ended; quiet is {@link #QUIET} later at the soonest. */
    void afterEnd(Runnable listener) {
        afterEnd.add(listener);
    }

    synchronized void begin() {
        running++;
    }

    void end() {
        synchronized (this) {
            running--;
            lastEnd = nanoTime.getAsLong();
        }
        afterEnd.forEach(Runnable::run);
    }

    synchronized boolean isQuiet() {
        return running == 0 && nanoTime.getAsLong() - lastEnd >= QUIET.toNanos();
    }
}
