package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerState;
import dev.selfheal.event.WorkerLoad;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What the gate can see; the tables may be a moment behind. */
public interface Readings {

    /** The newest published state; empty for a scope that never had an outcome. */
    Optional<BreakerState> breaker(ScopeKey scope);

    /** The breakers of all model routes. */
    Collection<BreakerState> modelRoutes();

    /** What each worker said last. */
    Collection<WorkerLoad> workers();

    /** Newest request this partition sent within the scope while its breaker was not closed; never behind. */
    Optional<Instant> lastProbe(ScopeKey scope);
}
