package dev.selfheal.analysis.query;

import dev.selfheal.analysis.breaker.Gate;
import dev.selfheal.analysis.breaker.OutcomeTeller;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.breaker.Readings;
import dev.selfheal.analysis.breaker.StoreReadings;
import dev.selfheal.analysis.breaker.Subject;
import dev.selfheal.analysis.breaker.Urgency;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.WorkerLoad;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/** What the healing case would be told now: the same policies, classification and breakers, read by a question. */
final class Prospects {

    private final LocalStores stores;
    private final ReadModel.Rules rules;

    Prospects(LocalStores stores, ReadModel.Rules rules) {
        this.stores = stores;
        this.rules = rules;
    }

    Optional<HealingPolicy> policy(String service) {
        return stores.getKnown(CaseProcessor.POLICIES, service);
    }

    Classification classify(ErrorEvent event) {
        return rules.classifier().classify(event, stores.getKnown(CaseProcessor.SERVICE_TRENDS, event.getService()));
    }

    /** What a case would be let do now, one that only a forecast speaks for being held back first. */
    Permission permission(ErrorEvent event, HealingPolicy policy, boolean predicted, Instant now) {
        Subject subject = Subject.of(event);
        Urgency urgency = predicted ? Urgency.PREDICTED : Urgency.of(subject);
        int partition = partitionOf(event.getGroup());
        Readings readings = new StoreReadings(
                stores.<BreakerState>table(CaseProcessor.BREAKERS),
                stores.<WorkerLoad>table(CaseProcessor.LOADS),
                stores.ofPartition(OutcomeTeller.PROBES, partition),
                stores.ofPartition(OutcomeTeller.SENT, partition),
                // Only the task knows what it waits for: a silence of workers is not foretold here.
                kind -> Optional.empty());
        return new Gate(readings, rules.gate(), partition).ask(subject, urgency, policy.getBudget(), now);
    }

    /** As every Kafka producer spreads keys unless told otherwise. */
    private int partitionOf(String group) {
        byte[] key = group.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % rules.gate().partitions();
    }
}
