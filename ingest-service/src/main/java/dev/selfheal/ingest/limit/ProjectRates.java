package dev.selfheal.ingest.limit;

import dev.selfheal.ingest.project.Project;
import java.time.Duration;
import java.util.Optional;

/** Holds every project to its quota. Thread-safe. */
@FunctionalInterface
public interface ProjectRates {

    /** Nobody has a quota. */
    ProjectRates UNLIMITED = (project, events) -> Optional.empty();

    /**
     * Takes the events from the project's quota, all or none of them.
     *
     * @param events how many the request holds, at least 1
     * @return empty when they may come in; else how long the project has to wait
     */
    Optional<Duration> take(Project project, int events);
}
