package dev.selfheal.ingest.grouping;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * What a pure function made of names seen before: a service throws from a few hundred places, over and over. Bounded: a
 * name takes the slot of an earlier one, and a long name is never kept, so that invented names cost their computation and
 * no memory. Thread-safe, without locks.
 *
 * @param <V> immutable
 */
final class NameMemo<V> {

    /** A power of two; with the longest names some 2 MiB. */
    static final int SLOTS = 4_096;
    /** In UTF-16 units. */
    static final int LONGEST = 200;

    private record Known<V>(String name, V value) {}

    private final Function<String, V> function;
    private final AtomicReferenceArray<Known<V>> slots = new AtomicReferenceArray<>(SLOTS);

    /**
     * @param function pure
     */
    NameMemo(Function<String, V> function) {
        this.function = function;
    }

    V of(String name) {
        if (name.length() > LONGEST) {
            return function.apply(name);
        }
        int hash = name.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        Known<V> known = slots.get(slot);
        if (known == null || !known.name().equals(name)) {
            known = new Known<>(name, function.apply(name));
            slots.set(slot, known);
        }
        return known.value();
    }
}
