package dev.selfheal.ingest.project;

import java.util.Optional;

/** Tells projects by their keys. Thread-safe. */
@FunctionalInterface
public interface ProjectKeys {

    /** No projects are configured: every key, and none, is that of {@link Project#OPEN}. */
    ProjectKeys OPEN = key -> Optional.of(Project.OPEN);

    /**
     * The project of a key.
     *
     * @param key as the sender showed it; empty text when it showed none
     * @return empty when the key is nobody's
     */
    Optional<Project> project(String key);
}
