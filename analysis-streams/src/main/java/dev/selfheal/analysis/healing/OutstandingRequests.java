package dev.selfheal.analysis.healing;

import dev.selfheal.event.CaseState;
import dev.selfheal.event.HealingCase;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Since when the cases of this task wait for workers. In memory, because it follows from the cases. Not thread-safe.
 */
final class OutstandingRequests {

    /** Kinds of workers, as they name themselves in their loads. */
    static final String PROPOSER = "patch-worker";

    static final String VALIDATOR = "validation-worker";

    private final Map<String, Waiting> byGroup = new HashMap<>();
    private final Map<String, TreeSet<Waiting>> byKind = new HashMap<>();

    void changed(String group, HealingCase present) {
        Waiting before = byGroup.remove(group);
        if (before != null) {
            byKind.get(before.kind()).remove(before);
        }
        kindFor(present.getState()).ifPresent(kind -> {
            Waiting waiting = new Waiting(kind, present.getUpdatedAt(), group);
            byGroup.put(group, waiting);
            byKind.computeIfAbsent(kind, first -> new TreeSet<>(Waiting.OLDEST_FIRST))
                    .add(waiting);
        });
    }

    /** When the oldest step began that a worker of this kind has not answered. */
    Optional<Instant> since(String kind) {
        return Optional.ofNullable(byKind.get(kind))
                .filter(waiting -> !waiting.isEmpty())
                .map(waiting -> waiting.first().since());
    }

    private static Optional<String> kindFor(CaseState state) {
        return switch (state) {
            case REQUESTED -> Optional.of(PROPOSER);
            case PROPOSED -> Optional.of(VALIDATOR);
            default -> Optional.empty();
        };
    }

    private record Waiting(String kind, Instant since, String group) {

        static final Comparator<Waiting> OLDEST_FIRST =
                Comparator.comparing(Waiting::since).thenComparing(Waiting::group);
    }
}
