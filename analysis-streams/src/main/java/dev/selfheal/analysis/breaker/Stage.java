package dev.selfheal.analysis.breaker;

import dev.selfheal.event.WorkerLoad;
import java.util.Collection;

/**
 * All workers of one kind together.
 *
 * @param capacity messages that can be worked on at once
 * @param inFlight messages being worked on
 * @param waiting messages nobody has taken yet
 * @param serviceMs milliseconds one message takes; 0 when none is known
 * @param queueAgeMs longest wait of the messages taken last; 0 when none wait
 */
record Stage(String kind, int capacity, int inFlight, long waiting, double serviceMs, long queueAgeMs) {

    static Stage of(String kind, Collection<WorkerLoad> workers) {
        int capacity = workers.stream().mapToInt(WorkerLoad::getCapacity).sum();
        long waiting = workers.stream().mapToLong(WorkerLoad::getLag).sum();
        // What one place of the whole gets done follows from what each does: rates add up, times do not.
        double perMs = workers.stream()
                .filter(worker -> worker.getServiceTimeMs() > 0)
                .mapToDouble(worker -> (double) worker.getCapacity() / worker.getServiceTimeMs())
                .sum();
        int measured = workers.stream()
                .filter(worker -> worker.getServiceTimeMs() > 0)
                .mapToInt(WorkerLoad::getCapacity)
                .sum();
        long oldest = workers.stream()
                .filter(worker -> worker.getLag() > 0)
                .mapToLong(WorkerLoad::getQueueAgeMs)
                .max()
                .orElse(0);
        return new Stage(
                kind,
                capacity,
                workers.stream().mapToInt(WorkerLoad::getInFlight).sum(),
                waiting,
                perMs == 0 ? 0 : measured / perMs,
                oldest);
    }

    /** Milliseconds a message that comes now waits for a worker. */
    double expectedWaitMs() {
        double queued = waiting == 0 ? 0 : waiting * serviceMs / Math.max(1, capacity);
        return Math.max(queued, queueAgeMs);
    }

    /** Messages that are begun within so many milliseconds; without end while no service time is known. */
    double servedWithin(double ms) {
        return serviceMs == 0 ? Double.POSITIVE_INFINITY : capacity * ms / serviceMs;
    }

    /** Nobody is free and there is a full round of work in the queue. */
    boolean isSaturated() {
        return inFlight >= capacity && waiting >= Math.max(1, capacity);
    }
}
