package dev.selfheal.ingest.sentry;

import java.util.Optional;

/** Who may send. Implementations are thread-safe. */
@FunctionalInterface
public interface ProjectKeys {

    /**
     * @param project as it stands in the path and in the DSN
     * @param key empty when the sender gave none
     */
    boolean accepts(String project, Optional<String> key);

    /** Every project and every key, none included: the network has to keep others out. */
    static ProjectKeys acceptAll() {
        return (project, key) -> true;
    }
}
