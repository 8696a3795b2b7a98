package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.WorkerLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    private final ReadOnlyKeyValueStore<String, DailyBudget> sent;
    private final Function<String, Optional<Instant>> waitingSince;

    /**
     * @param probes as {@link OutcomeTeller} keeps them
     * @param sent as {@link OutcomeTeller} keeps them
     * @param waitingSince when the oldest unanswered step began, by kind of worker; empty where that is not known
     */
    public StoreReadings(
            ReadOnlyKeyValueStore<String, ValueAndTimestamp<BreakerState>> breakers,
            ReadOnlyKeyValueStore<String, ValueAndTimestamp<WorkerLoad>> loads,
            ReadOnlyKeyValueStore<String, Long> probes,
            ReadOnlyKeyValueStore<String, DailyBudget> sent,
            Function<String, Optional<Instant>> waitingSince) {
        this.sent = sent;
        this.waitingSince = waitingSince;
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
    public Optional<Instant> waitingSince(String kind) {
        return waitingSince.apply(kind);
    }

    @Override
    public Optional<DailyBudget> sentHere(String service) {
        return Optional.ofNullable(sent.get(service));
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
