package dev.selfheal.ingest.http;

import dev.selfheal.ingest.limit.ProjectRates;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.ingest.project.ProjectKeys;
import dev.selfheal.ingest.publish.IngestMeters;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Lets in whose key is known and whose quota is not used up. Thread-safe. */
final class ProjectGate {

    private static final String BEARER = "bearer ";

    private final ProjectKeys keys;
    private final ProjectRates rates;
    private final IngestMeters meters;

    ProjectGate(ProjectKeys keys, ProjectRates rates, IngestMeters meters) {
        this.keys = keys;
        this.rates = rates;
        this.meters = meters;
    }

    /** The project of the request's {@code Authorization: Bearer} key. */
    Project bearer(Context context) throws RefusedRequestException {
        String header = Optional.ofNullable(context.header("Authorization")).orElse("");
        String key = header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : "";
        Optional<Project> project = keys.project(key);
        if (project.isEmpty() && key.isEmpty()) {
            context.header("WWW-Authenticate", "Bearer");
            throw RefusedRequestException.unauthorized("no key; send Authorization: Bearer and a project's key");
        }
        return project.orElseThrow(() -> RefusedRequestException.forbidden("the key is of no project"));
    }

    /**
     * Counts the events, and takes them from the project's quota.
     *
     * @throws RefusedRequestException with the headers in place when the quota is used up
     */
    void admit(Context context, Project project, int events) throws RefusedRequestException {
        Optional<Duration> wait = rates.take(project, events);
        meters.project(project.id(), wait.isEmpty(), events);
        if (wait.isPresent()) {
            RateLimitHeaders.put(context, wait.get());
            throw RefusedRequestException.overQuota();
        }
    }
}
