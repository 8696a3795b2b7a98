package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Gate;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.breaker.Subject;
import dev.selfheal.analysis.breaker.Urgency;
import dev.selfheal.analysis.classification.FaultTaxonomy;
import dev.selfheal.analysis.regression.PastErrors;
import dev.selfheal.analysis.trend.GroupTrend;
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
            Gate gate,
            KeyValueStore<String, GroupTrend> trends) {
        this.policies = policies;
        this.gate = gate;
        this.trends = trends;
    }

    @Override
    public Optional<HealingPolicy> policy(String service) {
        return Optional.ofNullable(policies.get(service)).map(ValueAndTimestamp::value);
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
        Subject subject = Subject.of(event);
        return gate.ask(subject, Urgency.of(subject), policy.getBudget(), now);
    }

    @Override
    public Permission permissionAhead(ErrorEvent event, HealingPolicy policy, Instant now) {
        return gate.ask(Subject.of(event), Urgency.PREDICTED, policy.getBudget(), now);
    }

    @Override
    public Permission budget(HealingPolicy policy, Instant now) {
        return gate.askAgain(policy.getService(), policy.getBudget(), now);
    }
}
