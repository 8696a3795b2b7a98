package dev.selfheal.analysis.query;

import dev.selfheal.analysis.breaker.OutcomeTeller;
import dev.selfheal.analysis.breaker.Readings;
import dev.selfheal.analysis.breaker.ScopeKey;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.WorkerLoad;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What the gate can see, read by a question. */
final class QueriedReadings implements Readings {

    private final LocalStores stores;

    QueriedReadings(LocalStores stores) {
        this.stores = stores;
    }

    @Override
    public Optional<BreakerState> breaker(ScopeKey scope) {
        return stores.getKnown(CaseProcessor.BREAKERS, scope.toString());
    }

    @Override
    public Collection<BreakerState> modelRoutes() {
        return stores.<BreakerState>allKnown(CaseProcessor.BREAKERS).stream()
                .filter(state -> state.getScope() == BreakerScope.MODEL_ROUTE)
                .toList();
    }

    @Override
    public Collection<WorkerLoad> workers() {
        return stores.allKnown(CaseProcessor.LOADS);
    }

    @Override
    public Optional<Instant> lastProbe(ScopeKey scope) {
        return stores.<Long>getIfHere(OutcomeTeller.PROBES, scope.toString()).map(Instant::ofEpochMilli);
    }
}
