package dev.selfheal.analysis.timer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is due when, in a key-value store ordered by time, so that a tick reads only what is due. */
public final class DueIndex {

    private static final int TIME_DIGITS = 19;

    /** A tick is part of a transaction, which the broker aborts after some seconds: what is left waits for the next tick. */
    static final int MOST_AT_ONCE = 10_000;

    private final KeyValueStore<String, String> store;
    /** Nothing lies below; so a look need not pass over the traces of all that was taken before. Null when unknown. */
    private String lowest;

    /**
     * @param store keys are the time as 19 digits and the id
     */
    public DueIndex(KeyValueStore<String, String> store) {
        this.store = store;
    }

    public void add(Instant at, String id) {
        String key = key(at, id);
        store.put(key, id);
        if (lowest != null && key.compareTo(lowest) < 0) {
            lowest = key;
        }
    }

    public void remove(Instant at, String id) {
        store.delete(key(at, id));
    }

    /** Removes and returns what was due before this time, earliest first, 10,000 at most. */
    public List<String> takeBefore(Instant time) {
        return takeBefore(time, id -> true);
    }

    /** As {@link #takeBefore(Instant)}, but what is not ready stays. */
    public List<String> takeBefore(Instant time, Predicate<String> ready) {
        return takeBefore(time, ready, MOST_AT_ONCE);
    }

    /**
     * The same.
     *
     * @param most taken at once
     */
    List<String> takeBefore(Instant time, Predicate<String> ready, int most) {
        String limit = digits(time);
        if (lowest != null && lowest.compareTo(limit) > 0) {
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String left = null;
        try (KeyValueIterator<String, String> due = store.range(lowest, limit)) {
            while (due.hasNext() && keys.size() < most) {
                KeyValue<String, String> entry = due.next();
                if (ready.test(entry.value)) {
                    keys.add(entry.key);
                    ids.add(entry.value);
                } else if (left == null) {
                    left = entry.key;
                }
            }
        }
        boolean allSeen = keys.size() < most;
        String passed = allSeen ? limit : keys.get(keys.size() - 1);
        lowest = left == null ? passed : left;
        keys.forEach(store::delete);
        return ids;
    }

    /** Everything, whenever it is due. */
    public List<String> all() {
        List<String> ids = new ArrayList<>();
        try (KeyValueIterator<String, String> due = store.all()) {
            due.forEachRemaining(entry -> ids.add(entry.value));
        }
        return ids;
    }

    private static String key(Instant at, String id) {
        return digits(at) + id;
    }

    private static String digits(Instant at) {
        return String.format(Locale.ROOT, "%0" + TIME_DIGITS + "d", at.toEpochMilli());
    }
}
