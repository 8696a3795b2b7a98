package dev.selfheal.ingest.limit;

import dev.selfheal.ingest.project.Project;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A bucket of tokens for each project that has a quota. In memory: a restart fills them. Thread-safe. */
public final class QuotaRates implements ProjectRates {

    private final Clock clock;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    public QuotaRates(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Duration> take(Project project, int events) {
        return project.quota()
                .map(quota -> buckets.computeIfAbsent(project.id(), id -> new TokenBucket(quota, clock.instant())))
                .flatMap(bucket -> bucket.take(events, clock.instant()));
    }
}
