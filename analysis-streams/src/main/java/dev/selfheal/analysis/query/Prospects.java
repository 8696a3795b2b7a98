package dev.selfheal.analysis.query;

import dev.selfheal.analysis.breaker.Gate;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.classification.FaultTaxonomy;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingPolicy;
import java.time.Instant;
import java.util.Optional;

/** What the healing case would be told now: the same policies, classification and breakers, read by a question. */
final class Prospects {

    private final LocalStores stores;
    private final FaultTaxonomy taxonomy = new FaultTaxonomy();

    Prospects(LocalStores stores) {
        this.stores = stores;
    }

    Optional<HealingPolicy> policy(String service) {
        return stores.getKnown(CaseProcessor.POLICIES, service);
    }

    Classification classify(ErrorEvent event) {
        return taxonomy.classify(event);
    }

    Permission permission(ErrorEvent event, HealingPolicy policy, Instant now) {
        Gate gate = new Gate(scope -> stores.getKnown(CaseProcessor.BREAKERS, scope.toString()));
        return gate.ask(event, policy.getBudget().getRequestsPerDay(), now);
    }
}
