package dev.selfheal.ingest.limit;

import dev.selfheal.ingest.project.Project;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A bucket of tokens for each project that has a quota. In memory: a restart fills them. Thread-safe. */
public final class QuotaRates implements ProjectRates {

    private final LongSupplier nanoTime;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    /**
     * @param nanoTime a clock that never goes back, as {@link System#nanoTime()}
     */
    public QuotaRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public Optional<Duration> take(Project project, int events) {
        return project.quota()
                .map(quota -> buckets.computeIfAbsent(project.id(), id -> new TokenBucket(quota, nanoTime.getAsLong())))
                .flatMap(bucket -> bucket.take(events, nanoTime.getAsLong()));
    }
}
