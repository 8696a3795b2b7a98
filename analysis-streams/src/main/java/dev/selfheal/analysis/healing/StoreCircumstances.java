package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Gate;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.classification.FaultTaxonomy;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** Policies and breakers as the global tables of this instance have them. */
final class StoreCircumstances implements Circumstances {

    private final TimestampedKeyValueStore<String, HealingPolicy> policies;
    private final Gate gate;
    private final FaultTaxonomy taxonomy = new FaultTaxonomy();

    StoreCircumstances(
            TimestampedKeyValueStore<String, HealingPolicy> policies,
            TimestampedKeyValueStore<String, BreakerState> breakers) {
        this.policies = policies;
        gate = new Gate(scope -> newest(breakers, scope.toString()));
    }

    @Override
    public Optional<HealingPolicy> policy(String service) {
        return newest(policies, service);
    }

    @Override
    public Classification classify(ErrorEvent event) {
        return taxonomy.classify(event);
    }

    @Override
    public List<String> providers(HealingPolicy policy, String errorType) {
        return policy.getProviders();
    }

    @Override
    public Permission permission(ErrorEvent event, HealingPolicy policy, Instant now) {
        return gate.ask(event, policy.getBudget().getRequestsPerDay(), now);
    }

    @Override
    public Permission budget(HealingPolicy policy, Instant now) {
        return gate.askBudget(policy.getService(), policy.getBudget().getRequestsPerDay(), now);
    }

    private static <V> Optional<V> newest(TimestampedKeyValueStore<String, V> table, String key) {
        return Optional.ofNullable(table.get(key)).map(ValueAndTimestamp::value);
    }
}
