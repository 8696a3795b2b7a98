package dev.selfheal.analysis.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What nobody has touched for long, so that its owner can forget it. Whether something is idle follows from when it was
 * touched and the time it is now, not from when anybody looked. Not thread-safe.
 *
 * <p>One entry for each id, moved at most {@value #STEPS} times within the time after which it is idle: what is touched all
 * the time costs a look each time and a write seldom. So an id is idle up to one such step later than it might be.
 */
public final class IdleIndex {

    /** Forgetting is no hurry: a tick takes few, so that it never holds up the stream. */
    static final int MOST_AT_ONCE = 1_000;

    private static final int STEPS = 30;

    /** Sorts after the digits that entries by time begin with. */
    private static final String END_OF = "id:";

    private final KeyValueStore<String, String> store;
    private final DueIndex due;
    private final long afterMs;
    private final long stepMs;

    /**
     * @param store of its own
     * @param after without a touch it is idle
     */
    public IdleIndex(KeyValueStore<String, String> store, Duration after) {
        this.store = store;
        this.due = new DueIndex(store);
        this.afterMs = after.toMillis();
        this.stepMs = Math.max(1, afterMs / STEPS);
    }

    /** Not idle before so long after that time. */
    public void touch(String id, Instant at) {
        Instant end = endOf(at);
        Optional<Instant> known = knownEnd(id);
        if (known.equals(Optional.of(end))) {
            return;
        }
        known.ifPresent(old -> due.remove(old, id));
        store.put(END_OF + id, Long.toString(end.toEpochMilli()));
        due.add(end, id);
    }

    /** No longer watched; nothing when it is not. */
    public void remove(String id) {
        knownEnd(id).ifPresent(end -> {
            due.remove(end, id);
            store.delete(END_OF + id);
        });
    }

    /** Removes and returns what is idle, the longest first, 1,000 at most; what is to be kept is touched again. */
    public List<String> take(Instant now) {
        List<String> idle = due.takeBefore(now, id -> true, MOST_AT_ONCE);
        idle.forEach(id -> store.delete(END_OF + id));
        return idle;
    }

    /** Whether it is watched, idle, and only not taken yet. */
    public boolean isIdle(String id, Instant now) {
        return knownEnd(id).filter(end -> end.isBefore(now)).isPresent();
    }

    /** Whether something that was last touched then is idle now. */
    public boolean isIdleSince(Instant touched, Instant now) {
        return endOf(touched).isBefore(now);
    }

    private Optional<Instant> knownEnd(String id) {
        return Optional.ofNullable(store.get(END_OF + id)).map(end -> Instant.ofEpochMilli(Long.parseLong(end)));
    }

    private Instant endOf(Instant touched) {
        long end = touched.toEpochMilli() + afterMs;
        return Instant.ofEpochMilli(-Math.floorDiv(-end, stepMs) * stepMs);
    }
}
