package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.WorkerLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables that a test fills. */
final class FakeReadings implements Readings {

    private final Map<ScopeKey, BreakerState> breakers = new HashMap<>();
    private final Map<ScopeKey, Instant> probes = new HashMap<>();
    private final List<BreakerState> routes = new ArrayList<>();
    private final List<WorkerLoad> workers = new ArrayList<>();
    private final Map<String, DailyBudget> sent = new HashMap<>();
    private final Map<String, Instant> waiting = new HashMap<>();

    void breaker(ScopeKey scope, Breaker position) {
        breaker(scope, new ScopeBreaker(position, Optional.empty(), List.of(0)));
    }

    void breaker(ScopeKey scope, ScopeBreaker breaker) {
        state(
                scope,
                BreakerRecords.write(
                        scope, breaker, Settings.PLAIN, breaker.position().since()));
    }

    void state(ScopeKey scope, BreakerState state) {
        breakers.put(scope, state);
    }

    void route(String name, BreakerPosition position) {
        routes.add(BreakerState.newBuilder()
                .setScope(BreakerScope.MODEL_ROUTE)
                .setName(name)
                .setPosition(position)
                .setSince(Instant.EPOCH)
                .build());
    }

    void probed(ScopeKey scope, Instant at) {
        probes.put(scope, at);
    }

    void sent(String service, DailyBudget day) {
        sent.put(service, day);
    }

    void waiting(String kind, Instant since) {
        waiting.put(kind, since);
    }

    void worker(WorkerLoad load) {
        workers.add(load);
    }

    @Override
    public Optional<BreakerState> breaker(ScopeKey scope) {
        return Optional.ofNullable(breakers.get(scope));
    }

    @Override
    public Collection<BreakerState> modelRoutes() {
        return routes;
    }

    @Override
    public Collection<WorkerLoad> workers() {
        return workers;
    }

    @Override
    public Optional<Instant> waitingSince(String kind) {
        return Optional.ofNullable(waiting.get(kind));
    }

    @Override
    public Optional<DailyBudget> sentHere(String service) {
        return Optional.ofNullable(sent.get(service));
    }

    @Override
    public Optional<Instant> lastProbe(ScopeKey scope) {
        return Optional.ofNullable(probes.get(scope));
    }
}
