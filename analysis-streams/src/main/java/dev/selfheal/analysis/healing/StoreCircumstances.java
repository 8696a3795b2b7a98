package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Gate;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.breaker.Subject;
import dev.selfheal.analysis.breaker.Urgency;
import dev.selfheal.analysis.classification.Classifier;
import dev.selfheal.analysis.confidence.Steering;
import dev.selfheal.analysis.regression.PastErrors;
import dev.selfheal.analysis.trend.GroupTrend;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.ProposerRecord;
import dev.selfheal.event.ServiceTrend;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Policies, breakers, service trends and proposers' records as the global tables of this instance have them, and the trends
 * of the task.
 */
final class StoreCircumstances implements Circumstances {

    private final TimestampedKeyValueStore<String, HealingPolicy> policies;
    private final TimestampedKeyValueStore<String, ServiceTrend> serviceTrends;
    private final Steering steering;
    private final Classifier classifier;
    private final KeyValueStore<String, GroupTrend> trends;
    private final Gate gate;

    StoreCircumstances(
            TimestampedKeyValueStore<String, HealingPolicy> policies,
            TimestampedKeyValueStore<String, ServiceTrend> serviceTrends,
            TimestampedKeyValueStore<String, ProposerRecord> proposers,
            Classifier classifier,
            Gate gate,
            KeyValueStore<String, GroupTrend> trends) {
        this.policies = policies;
        this.serviceTrends = serviceTrends;
        this.steering = new Steering(key -> newest(proposers, key));
        this.classifier = classifier;
        this.gate = gate;
        this.trends = trends;
    }

    @Override
    public Optional<HealingPolicy> policy(String service) {
        return newest(policies, service);
    }

    @Override
    public Classification classify(ErrorEvent event) {
        return classifier.classify(event, newest(serviceTrends, event.getService()));
    }

    @Override
    public List<String> providers(HealingPolicy policy, String errorType) {
        return steering.order(policy.getProviders(), errorType);
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

    private static <V> Optional<V> newest(TimestampedKeyValueStore<String, V> table, String key) {
        return Optional.ofNullable(table.get(key)).map(ValueAndTimestamp::value);
    }
}
