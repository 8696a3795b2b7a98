package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import java.time.Instant;

/** Breakers to and from the record that is published; the record holds all of a breaker, so it is its stored form too. */
public final class BreakerRecords {

    private BreakerRecords() {}

    public static Breaker read(BreakerState state) {
        return switch (state.getPosition()) {
            case OPEN ->
                new Open(state.getSince(), state.getTrips(), probeAt(state), state.getSuccesses(), state.getFailures());
            case HALF_OPEN -> new HalfOpen(state.getSince(), state.getTrips(), probeAt(state), state.getSuccesses());
            case CLOSED, UNKNOWN -> new Closed(state.getSince(), state.getSuccesses(), state.getFailures());
        };
    }

    static BreakerState write(BreakerScope scope, String name, Breaker breaker) {
        BreakerState.Builder state = BreakerState.newBuilder()
                .setScope(scope)
                .setName(name)
                .setSince(breaker.since())
                .setTrips(breaker.trips());
        if (breaker instanceof Closed closed) {
            return state.setPosition(BreakerPosition.CLOSED)
                    .setSuccesses(closed.successes())
                    .setFailures(closed.failures())
                    .build();
        }
        if (breaker instanceof Open open) {
            return state.setPosition(BreakerPosition.OPEN)
                    .setSuccesses(open.successes())
                    .setFailures(open.failures())
                    .setProbeAt(open.probeAt())
                    .setReason(open.failures() + " of " + (open.successes() + open.failures()) + " cases failed")
                    .build();
        }
        HalfOpen halfOpen = (HalfOpen) breaker;
        return state.setPosition(BreakerPosition.HALF_OPEN)
                .setSuccesses(halfOpen.successes())
                .setProbeAt(halfOpen.probeAt())
                .setReason("probing")
                .build();
    }

    static DailyBudget readBudget(BreakerState state) {
        return new DailyBudget(state.getSince(), state.getSuccesses());
    }

    static BreakerState writeBudget(String service, DailyBudget budget, int limit) {
        boolean spent = budget.used() >= limit;
        return BreakerState.newBuilder()
                .setScope(BreakerScope.BUDGET)
                .setName(service)
                .setPosition(spent ? BreakerPosition.OPEN : BreakerPosition.CLOSED)
                .setSince(budget.day())
                .setSuccesses(budget.used())
                .setProbeAt(spent ? budget.nextDay() : null)
                .setReason(budget.used() + " of " + limit + " requests used today")
                .build();
    }

    private static Instant probeAt(BreakerState state) {
        return state.getProbeAt().orElse(state.getSince());
    }
}
