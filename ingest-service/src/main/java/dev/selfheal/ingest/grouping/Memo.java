package dev.selfheal.ingest.grouping;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * The latest answers of a pure function about names. A service has a few thousand names of classes and methods and sends them
 * again with each error. A new name takes the place of whichever shares its slot, so strangers can make it useless, but not
 * large. Thread-safe.
 */
final class Memo<V> {

    private static final int SLOTS = 1 << 12;

    /** Longer names are rare, and not kept. */
    static final int MAX_LENGTH = 256;

    private record Entry<V>(String name, V answer) {}

    private final Function<String, V> function;
    private final AtomicReferenceArray<Entry<V>> slots = new AtomicReferenceArray<>(SLOTS);

    Memo(Function<String, V> function) {
        this.function = function;
    }

    V of(String name) {
        if (name.length() > MAX_LENGTH) {
            return function.apply(name);
        }
        int hash = name.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        Entry<V> known = slots.get(slot);
        if (known != null && known.name().equals(name)) {
            return known.answer();
        }
        V answer = function.apply(name);
        slots.set(slot, new Entry<>(name, answer));
        return answer;
    }
}
