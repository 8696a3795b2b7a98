package dev.selfheal.scrub;

import java.util.Map;
import java.util.TreeMap;

/** How many secrets of each kind were taken out of one event. Not thread-safe. */
public final class ScrubCount {

    private final Map<String, Integer> byKind = new TreeMap<>();

    void add(String kind, int found) {
        byKind.merge(kind, found, Integer::sum);
    }

    public int total() {
        return byKind.values().stream().mapToInt(Integer::intValue).sum();
    }

    public Map<String, Integer> byKind() {
        return Map.copyOf(byKind);
    }
}
