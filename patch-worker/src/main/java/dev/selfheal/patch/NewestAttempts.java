package dev.selfheal.patch;

import dev.selfheal.event.HealingRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which attempt of a case was seen last, for the cases seen last. A case that has sent a later request ignores answers to
 * an earlier one. Thread-safe; all requests of a case come to one worker.
 */
final class NewestAttempts {

    private static final int MAX_CASES = 10_000;

    private final Map<String, Integer> newest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_CASES;
        }
    };

    /** True when a later attempt of the same case has been seen. */
    synchronized boolean isSuperseded(HealingRequest request) {
        return newest.merge(request.getCaseId(), request.getAttempt(), Math::max) > request.getAttempt();
    }
}
