package dev.selfheal.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One assigned partition: how far it is, and the tasks on its records. */
final class PartitionWork {

    private final PartitionProgress progress = new PartitionProgress();
    private final Set<RunningTask> running = ConcurrentHashMap.newKeySet();

    PartitionProgress progress() {
        return progress;
    }

    void begin(RunningTask task) {
        running.add(task);
    }

    void end(RunningTask task) {
        running.remove(task);
    }

    /** Interrupts what runs; none of it counts as finished any more unless it already is. */
    void cancel() {
        running.forEach(RunningTask::cancel);
    }
}
