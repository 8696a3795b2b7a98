package dev.selfheal.analysis.timer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is due when, in a key-value store ordered by time, so that a tick reads only what is due. */
public final class DueIndex {

    private static final int TIME_DIGITS = 19;

    private final KeyValueStore<String, String> store;

    /**
     * @param store keys are the time as 19 digits and the id
     */
    public DueIndex(KeyValueStore<String, String> store) {
        this.store = store;
    }

    public void add(Instant at, String id) {
        store.put(key(at, id), id);
    }

    public void remove(Instant at, String id) {
        store.delete(key(at, id));
    }

    /** Removes and returns what was due before this time, earliest first. */
    public List<String> takeBefore(Instant time) {
        return takeBefore(time, id -> true);
    }

    /** As {@link #takeBefore(Instant)}, but what is not ready stays. */
    public List<String> takeBefore(Instant time, Predicate<String> ready) {
        List<String> keys = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (KeyValueIterator<String, String> due = store.range(null, digits(time))) {
            due.forEachRemaining(entry -> {
                if (ready.test(entry.value)) {
                    keys.add(entry.key);
                    ids.add(entry.value);
                }
            });
        }
        keys.forEach(store::delete);
        return ids;
    }

    private static String key(Instant at, String id) {
        return digits(at) + id;
    }

    private static String digits(Instant at) {
        return String.format(Locale.ROOT, "%0" + TIME_DIGITS + "d", at.toEpochMilli());
    }
}
