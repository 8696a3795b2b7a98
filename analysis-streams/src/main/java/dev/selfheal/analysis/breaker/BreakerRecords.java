package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.HealingMode;
import java.time.Instant;

/** Breakers to and from the record that is published; the record holds all of a breaker, so it is its stored form too. */
public final class BreakerRecords {

    private BreakerRecords() {}

    /** A position this version does not know is taken for an open breaker. */
    static ScopeBreaker read(BreakerState state) {
        Tally tally = new Tally(state.getSuccesses(), state.getFailures(), state.getSlope());
        Breaker position = switch (state.getPosition()) {
            case CLOSED -> new Closed(state.getSince(), state.getTrips(), tally);
            case HALF_OPEN -> new HalfOpen(state.getSince(), state.getTrips(), probeAt(state), state.getSuccesses());
            case OPEN, UNKNOWN -> new Open(state.getSince(), Math.max(1, state.getTrips()), probeAt(state), tally);
        };
        return new ScopeBreaker(position, state.getReviewUntil(), state.getPartitions());
    }

    static BreakerState write(ScopeKey scope, ScopeBreaker breaker, Sensitivity sensitivity, Instant now) {
        Breaker position = breaker.position();
        BreakerState.Builder state = BreakerState.newBuilder()
                .setScope(scope.scope())
                .setName(scope.name())
                .setSince(position.since())
                .setTrips(position.trips())
                .setReviewUntil(breaker.reviewUntil().orElse(null))
                .setPartitions(breaker.partitions())
                .setMode(Strain.strictest(breaker.strains(sensitivity, now)));
        if (position instanceof Closed closed) {
            return with(state.setPosition(BreakerPosition.CLOSED), closed.tally())
                    .setReason(breaker.reviewUntil()
                            .map(until -> "a patch regressed; people approve until " + until)
                            .orElse(""))
                    .build();
        }
        if (position instanceof Open open) {
            return with(state.setPosition(BreakerPosition.OPEN), open.tally())
                    .setProbeAt(open.probeAt())
                    .setReason(open.tally().failures() + " of " + open.tally().volume() + " cases failed")
                    .build();
        }
        HalfOpen halfOpen = (HalfOpen) position;
        return state.setPosition(BreakerPosition.HALF_OPEN)
                .setSuccesses(halfOpen.successes())
                .setProbeAt(halfOpen.probeAt())
                .setReason("probing")
                .build();
    }

    /**
     * Whether nothing is lost with a breaker that has had no outcome for long. Of groups and error types there may be any
     * number, so theirs goes in any position; a service is forgotten only while nothing speaks against it. The system and
     * the severities are few.
     */
    static boolean mayBeForgotten(BreakerState state) {
        return switch (state.getScope()) {
            case GROUP, ERROR_TYPE, BUDGET -> true;
            case SERVICE ->
                state.getPosition() == BreakerPosition.CLOSED
                        && state.getReviewUntil().isEmpty();
            case SYSTEM, SEVERITY, MODEL_ROUTE, UNKNOWN -> false;
        };
    }

    /** What is taken for the state of a scope whose record cannot be read: nothing passes. */
    public static BreakerState unreadable(ScopeKey scope) {
        return BreakerState.newBuilder()
                .setScope(scope.scope())
                .setName(scope.name())
                .setPosition(BreakerPosition.UNKNOWN)
                .setSince(Instant.EPOCH)
                .setMode(HealingMode.OBSERVE_ONLY)
                .setReason("its record cannot be read")
                .build();
    }

    static ServiceBudget readBudget(BreakerState state) {
        return new ServiceBudget(new DailyBudget(state.getSince(), state.getSuccesses()), state.getUsedBy());
    }

    static BreakerState writeBudget(String service, ServiceBudget used, int limit) {
        DailyBudget budget = used.total();
        boolean spent = budget.used() >= limit;
        return BreakerState.newBuilder()
                .setScope(ScopeKey.budget(service).scope())
                .setName(service)
                .setPosition(spent ? BreakerPosition.OPEN : BreakerPosition.CLOSED)
                .setSince(budget.day())
                .setSuccesses(budget.used())
                .setProbeAt(spent ? budget.nextDay() : null)
                .setReason(budget.used() + " of " + limit + " requests used today")
                .setMode(spent ? Strain.SPENT.leaves() : HealingMode.FULL)
                .setUsedBy(used.usedBy())
                .build();
    }

    private static BreakerState.Builder with(BreakerState.Builder state, Tally tally) {
        return state.setSuccesses(tally.successes())
                .setFailures(tally.failures())
                .setFailureRate(tally.failureRate())
                .setSlope(tally.slope());
    }

    private static Instant probeAt(BreakerState state) {
        return state.getProbeAt().orElse(state.getSince());
    }
}
