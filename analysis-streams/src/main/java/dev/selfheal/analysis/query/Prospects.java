package dev.selfheal.analysis.query;

import dev.selfheal.analysis.breaker.Gate;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.breaker.Subject;
import dev.selfheal.analysis.breaker.Urgency;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** What the healing case would be told now: the same policies, classification and breakers, read by a question. */
final class Prospects {

    private final LocalStores stores;
    private final Judgement judgement;

    Prospects(LocalStores stores, Judgement judgement) {
        this.stores = stores;
        this.judgement = judgement;
    }

    Optional<HealingPolicy> policy(String service) {
        return stores.getKnown(CaseProcessor.POLICIES, service);
    }

    Classification classify(ErrorEvent event) {
        return judgement
                .classifier()
                .classify(event, stores.getKnown(CaseProcessor.SERVICE_TRENDS, event.getService()));
    }

    Permission permission(ErrorEvent event, HealingPolicy policy, Instant now) {
        Subject subject = Subject.of(event);
        int partition = BuiltInPartitioner.partitionForKey(
                event.getGroup().getBytes(StandardCharsets.UTF_8),
                judgement.gate().partitions());
        Gate gate = new Gate(new QueriedReadings(stores), judgement.gate(), partition);
        return gate.ask(subject, Urgency.of(subject), policy.getBudget(), now);
    }
}
