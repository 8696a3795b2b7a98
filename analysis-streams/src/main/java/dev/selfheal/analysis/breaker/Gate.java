package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.ErrorEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Asks every breaker that a request has to pass. The widest refusal wins, so the reason names the largest cause. */
public final class Gate {

    private final Function<ScopeKey, Optional<BreakerState>> breakers;

    /**
     * @param breakers the newest published state per scope; empty for one that never had an outcome
     */
    public Gate(Function<ScopeKey, Optional<BreakerState>> breakers) {
        this.breakers = breakers;
    }

    /**
     * @param requestsPerDay the service's budget
     */
    public Permission ask(ErrorEvent event, int requestsPerDay, Instant now) {
        for (ScopeKey scope : ScopeKey.of(event)) {
            Optional<BreakerState> state = breakers.apply(scope);
            if (state.isPresent() && BreakerRecords.read(state.get()).passage(now) == Passage.BLOCKED) {
                return new Permission.Refused(scope, describe(scope, state.get()));
            }
        }
        return askBudget(event.getService(), requestsPerDay, now);
    }

    /** Whether the service has requests left today, whatever its breakers say. */
    public Permission askBudget(String service, int requestsPerDay, Instant now) {
        ScopeKey budget = ScopeKey.budget(service);
        int used = breakers.apply(budget)
                .map(BreakerRecords::readBudget)
                .filter(day -> now.isBefore(day.nextDay()))
                .map(DailyBudget::used)
                .orElse(0);
        return used < requestsPerDay
                ? Permission.GRANTED
                : new Permission.Refused(
                        budget, "budget used up: " + used + " of " + requestsPerDay + " requests today");
    }

    private static String describe(ScopeKey scope, BreakerState state) {
        String subject = scope.scope() == BreakerScope.SYSTEM ? "the whole system" : scope.name();
        return "breaker of " + subject + " is "
                + state.getPosition()
                + state.getProbeAt().map(at -> " until " + at).orElse("")
                + ": " + state.getReason();
    }
}
