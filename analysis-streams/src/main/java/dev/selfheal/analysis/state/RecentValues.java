package dev.selfheal.analysis.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store with the values used last at hand as objects, because a busy group's are read with every error. Written through,
 * so it agrees with the store as long as nobody else writes to it; make a new one whenever the task is initialised. Values
 * are immutable. Not thread-safe.
 */
public final class RecentValues<V> {

    /** Values of a task kept as objects; a few kilobytes each. */
    private static final int KEPT = 1_024;

    private final KeyValueStore<String, V> store;
    /** Empty for a key that the store does not have: most groups have no case. */
    private final Map<String, Optional<V>> recent = new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<V>> eldest) {
            return size() > KEPT;
        }
    };

    public RecentValues(KeyValueStore<String, V> store) {
        this.store = store;
    }

    /** Null when there is none, as in the store. */
    public V get(String key) {
        Optional<V> known = recent.get(key);
        if (known == null) {
            known = Optional.ofNullable(store.get(key));
            recent.put(key, known);
        }
        return known.orElse(null);
    }

    public void delete(String key) {
        store.delete(key);
        recent.remove(key);
    }

    /** The store comes first: a value it refuses is not kept here either. */
    public void put(String key, V value) {
        store.put(key, value);
        recent.put(key, Optional.ofNullable(value));
    }
}
