package dev.selfheal.runtime;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** One assigned partition: how far it is, and the tasks on its records. */
final class PartitionWork {

    private final PartitionProgress progress = new PartitionProgress();
    private final Set<RunningTask> running = ConcurrentHashMap.newKeySet();
    private boolean positioned;
    private volatile boolean revoked;

    PartitionProgress progress() {
        return progress;
    }

    /** Whether it is known what earlier owners have done; until then no record may be begun. */
    boolean isPositioned() {
        return positioned;
    }

    /** Whether another record may come; see {@link PartitionProgress#isFull}. */
    boolean mayFetch() {
        return positioned && !progress.isFull();
    }

    /**
     * @param committed empty when the group has never committed here
     */
    void position(Optional<OffsetAndMetadata> committed) {
        committed.ifPresent(progress::resume);
        positioned = true;
    }

    void begin(RunningTask task) {
        running.add(task);
    }

    void end(RunningTask task) {
        running.remove(task);
    }

    /** Whether somebody else may own the partition by now; nothing may be committed for it any more. */
    boolean isRevoked() {
        return revoked;
    }

    /** Interrupts what runs; none of it counts as finished any more unless it already is. */
    void revoke() {
        running.forEach(RunningTask::cancel);
        revoked = true;
    }
}
