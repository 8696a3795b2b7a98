package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.WorkerLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The global tables of this instance and the memory of this partition. */
public final class StoreReadings implements Readings {

    /** All keys of model routes lie between these two, because ';' follows ':'. */
    private static final String FIRST_ROUTE = BreakerScope.MODEL_ROUTE + ":";

    private static final String AFTER_ROUTES = BreakerScope.MODEL_ROUTE + ";";

    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<BreakerState>> breakers;
    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<WorkerLoad>> loads;
    private final ReadOnlyKeyValueStore<String, Long> probes;

    /**
     * @param probes as {@link OutcomeTeller} keeps them
     */
    public StoreReadings(
            ReadOnlyKeyValueStore<String, ValueAndTimestamp<BreakerState>> breakers,
            ReadOnlyKeyValueStore<String, ValueAndTimestamp<WorkerLoad>> loads,
            ReadOnlyKeyValueStore<String, Long> probes) {
        this.breakers = breakers;
        this.loads = loads;
        this.probes = probes;
    }

    @Override
    public Optional<BreakerState> breaker(ScopeKey scope) {
        return Optional.ofNullable(breakers.get(scope.toString())).map(ValueAndTimestamp::value);
    }

    @Override
    public Collection<BreakerState> modelRoutes() {
        return values(breakers.range(FIRST_ROUTE, AFTER_ROUTES));
    }

    @Override
    public Collection<WorkerLoad> workers() {
        return values(loads.all());
    }

    @Override
    public Optional<Instant> lastProbe(ScopeKey scope) {
        return Optional.ofNullable(probes.get(scope.toString())).map(Instant::ofEpochMilli);
    }

    private static <V> List<V> values(KeyValueIterator<String, ValueAndTimestamp<V>> entries) {
        List<V> values = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(entry -> values.add(entry.value.value()));
        }
        return values;
    }
}
