package dev.selfheal.ingest.project;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A sender, or several that share a key.
 *
 * @param id what stands in the path of Sentry's protocol, and in the project's counters
 * @param service the service behind events that name none; empty when each event has to
 * @param services names as senders write them to the services they mean; others stay as they are
 * @param quota empty for a project without one
 */
public record Project(String id, Optional<String> service, Map<String, String> services, Optional<Quota> quota) {

    /** Every sender, where no projects are configured. */
    public static final Project OPEN = new Project("open", Optional.empty(), Map.of(), Optional.empty());

    public Project {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(quota, "quota");
        services = Map.copyOf(services);
        if (id.isBlank()) {
            throw new IllegalArgumentException("a project's id is blank");
        }
    }

    /**
     * The service an event is of.
     *
     * @param sent the name the event carries
     * @return empty when neither the event nor the project names one
     */
    public Optional<String> serviceOf(Optional<String> sent) {
        return sent.map(name -> services.getOrDefault(name, name)).or(() -> service);
    }

    /** Whether this project may be written to under the id in a request's path. */
    public boolean isAt(String pathId) {
        return equals(OPEN) || id.equals(pathId);
    }
}
