package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.ServiceTrend;
import java.util.Optional;
import java.util.function.Supplier;

/** What every instance knows whole: breakers and services. */
final class TableQueries {

    static final Order BY_BREAKER = Order.byKey("breaker");
    static final Order BY_SERVICE = Order.byKey("service");

    private final LocalStores stores;

    TableQueries(LocalStores stores) {
        this.stores = stores;
    }

    Page breakers(Optional<BreakerScope> scope, Supplier<Page> newPage, Deadline deadline) {
        return stores.<BreakerState>scanKnown(CaseProcessor.BREAKERS, newPage, deadline, (rows, key, state) -> {
            if (scope.filter(other -> other != state.getScope()).isEmpty()) {
                rows.offer(Json.object().put("breaker", key).setAll(Json.of(state)));
            }
        });
    }

    /** Every service that has a policy, or has thrown an error. */
    Page services(Supplier<Page> newPage, Deadline deadline) {
        return stores.<ServiceTrend>scanKnown(
                CaseProcessor.SERVICE_TRENDS,
                () -> withPolicy(newPage, deadline),
                deadline,
                (rows, service, trend) -> {
                    if (policy(service).isEmpty()) {
                        rows.offer(row(service, Optional.empty(), Optional.of(trend)));
                    }
                });
    }

    private Page withPolicy(Supplier<Page> newPage, Deadline deadline) {
        return stores.<HealingPolicy>scanKnown(
                CaseProcessor.POLICIES,
                newPage,
                deadline,
                (rows, service, policy) -> rows.offer(row(
                        service, Optional.of(policy), stores.getKnown(CaseProcessor.SERVICE_TRENDS, service))));
    }

    private Optional<HealingPolicy> policy(String service) {
        return stores.getKnown(CaseProcessor.POLICIES, service);
    }

    private static ObjectNode row(String service, Optional<HealingPolicy> policy, Optional<ServiceTrend> trend) {
        ObjectNode row = Json.object().put("service", service);
        trend.map(Json::of).ifPresent(known -> row.set("trend", known));
        policy.map(Json::of).ifPresent(known -> row.set("policy", known));
        return row;
    }
}
