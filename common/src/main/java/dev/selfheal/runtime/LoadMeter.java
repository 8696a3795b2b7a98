package dev.selfheal.runtime;

import dev.selfheal.event.WorkerLoad;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How busy one worker is. Thread-safe. */
final class LoadMeter {

    /** Weight of the newest message in the smoothed service time. */
    private static final double NEWEST = 0.2;

    private final int capacity;
    private final Clock clock;
    private long waiting;
    private int inFlight;
    private long queueAgeMs;
    private double serviceMs;

    /**
     * @param capacity messages that can be worked on at once
     */
    LoadMeter(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** So many messages wait on the worker's partitions now. */
    synchronized void waiting(long messages) {
        waiting = messages;
    }

    /**
     * A message is being worked on.
     *
     * @param publishedMs its time as the broker has it, milliseconds
     * @return when it was taken, for {@link #done}
     */
    synchronized Instant taken(long publishedMs) {
        Instant now = clock.instant();
        inFlight++;
        queueAgeMs = Math.max(0, now.toEpochMilli() - publishedMs);
        return now;
    }

    /** The work on a message has come to its end. */
    synchronized void done(Instant taken) {
        double took = Math.max(1, Duration.between(taken, clock.instant()).toMillis());
        serviceMs = serviceMs == 0 ? took : NEWEST * took + (1 - NEWEST) * serviceMs;
    }

    /** The work on a message is over, done or not. */
    synchronized void released() {
        inFlight--;
    }

    synchronized WorkerLoad read(String worker, String kind) {
        return WorkerLoad.newBuilder()
                .setWorker(worker)
                .setKind(kind)
                .setInFlight(inFlight)
                .setCapacity(capacity)
                .setLag(waiting)
                .setQueueAgeMs(queueAgeMs)
                .setServiceTimeMs(Math.round(serviceMs))
                .setAt(clock.instant())
                .build();
    }
}
