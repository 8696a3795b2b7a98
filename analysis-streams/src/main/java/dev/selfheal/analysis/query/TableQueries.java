package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.HealingPolicy;
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

    /** Every service with a policy. */
    Page services(Supplier<Page> newPage, Deadline deadline) {
        return stores.<HealingPolicy>scanKnown(
                CaseProcessor.POLICIES, newPage, deadline, (rows, service, policy) -> rows.offer(row(policy)));
    }

    private static ObjectNode row(HealingPolicy policy) {
        ObjectNode row = Json.object().put("service", policy.getService());
        row.set("policy", Json.of(policy));
        return row;
    }
}
