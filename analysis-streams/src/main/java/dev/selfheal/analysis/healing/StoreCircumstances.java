package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Gate;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.classification.FaultTaxonomy;
import dev.selfheal.analysis.regression.PastErrors;
import dev.selfheal.analysis.trend.GroupTrend;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** Policies and breakers as the global tables of this instance have them, and the trends of the task. */
final class StoreCircumstances implements Circumstances {

    private final TimestampedKeyValueStore<String, HealingPolicy> policies;
    private final KeyValueStore<String, GroupTrend> trends;
    private final Gate gate;
    private final FaultTaxonomy taxonomy = new FaultTaxonomy();

    StoreCircumstances(
            TimestampedKeyValueStore<String, HealingPolicy> policies,
            TimestampedKeyValueStore<String, BreakerState> breakers,
            KeyValueStore<String, GroupTrend> trends) {
        this.policies = policies;
        this.trends = trends;
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
    public Optional<PastErrors> pastErrors(String group) {
        return Optional.ofNullable(trends.get(group))
                .map(seen -> new PastErrors(seen.service(), seen.firstSeen(), seen.lastSeen(), seen.counts()));
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
