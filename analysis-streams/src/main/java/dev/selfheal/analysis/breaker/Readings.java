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

    /**
     * When the oldest step began that this partition still waits for a worker of this kind with; never behind.
     *
     * @param kind as workers name themselves
     */
    Optional<Instant> waitingSince(String kind);

    /** Requests for a service that this partition has sent on the newest day it sent any; never behind. */
    Optional<DailyBudget> sentHere(String service);

    /** Newest request this partition sent within the scope while its breaker was not closed; never behind. */
    Optional<Instant> lastProbe(ScopeKey scope);
}
