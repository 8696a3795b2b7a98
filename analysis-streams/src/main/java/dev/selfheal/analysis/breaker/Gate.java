package dev.selfheal.analysis.breaker;

import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.BudgetPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a request may go out and how much the healer may do about it. Asks every breaker it has to pass, the
 * budget, and the load; the widest refusal wins, so the reason names the largest cause. What cannot be read refuses.
 */
public final class Gate {

    private final Readings readings;
    private final GateSettings settings;
    private final ProbeTurns turns;
    private final int partition;

    /**
     * @param partition of the analysis that asks
     */
    public Gate(Readings readings, GateSettings settings, int partition) {
        this.readings = readings;
        this.settings = settings;
        this.partition = partition;
        turns = new ProbeTurns(partition, settings.partitions(), settings.pace());
    }

    /** Whether a new case may start. */
    public Permission ask(Subject subject, Urgency urgency, BudgetPolicy budget, Instant now) {
        Set<Strain> strains = EnumSet.noneOf(Strain.class);
        for (ScopeKey scope : ScopeKey.of(subject)) {
            Optional<Permission.Refused> refused = pass(scope, strains, now);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        Optional<Permission.Refused> spent = spend(subject.service(), budget, now);
        if (spent.isPresent()) {
            return spent.get();
        }
        Duration patience = Duration.ofMillis(budget.getStepTimeoutMs());
        HealerLoad load = load(now);
        Optional<String> overloaded = load.refusal(subject.group(), urgency, patience, now);
        if (overloaded.isPresent()) {
            return new Permission.Refused(ScopeKey.system(), overloaded.get());
        }
        addCommon(strains, load, patience);
        return new Permission.Granted(Strain.strictest(strains));
    }

    /**
     * Whether a running case may send one more request: a breaker that opened meanwhile lets it come to its end, under
     * people's eyes.
     */
    public Permission askAgain(String service, BudgetPolicy budget, Instant now) {
        Set<Strain> strains = EnumSet.noneOf(Strain.class);
        for (ScopeKey scope : List.of(ScopeKey.system(), ScopeKey.service(service))) {
            Optional<BreakerState> state = readings.breaker(scope);
            if (state.filter(Gate::isUnreadable).isPresent()) {
                return unreadable(scope);
            }
            state.ifPresent(known -> strains.addAll(strains(scope, known, now)));
        }
        if (strains.remove(Strain.OPEN)) {
            strains.add(Strain.PROBING);
        }
        Duration patience = Duration.ofMillis(budget.getStepTimeoutMs());
        addCommon(strains, load(now), patience);
        return spend(service, budget, now)
                .<Permission>map(refused -> refused)
                .orElseGet(() -> new Permission.Granted(Strain.strictest(strains)));
    }

    private Optional<Permission.Refused> pass(ScopeKey scope, Set<Strain> strains, Instant now) {
        Optional<BreakerState> known = readings.breaker(scope);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        BreakerState state = known.get();
        if (isUnreadable(state)) {
            return Optional.of(unreadable(scope));
        }
        ScopeBreaker breaker = BreakerRecords.read(state);
        Passage passage = breaker.position().passage(now);
        if (passage == Passage.BLOCKED) {
            return Optional.of(new Permission.Refused(scope, describe(scope, state)));
        }
        if (passage == Passage.PROBE && !turns.isMine(breaker.partitions(), readings.lastProbe(scope), now)) {
            return Optional.of(new Permission.Refused(
                    scope, "breaker of " + scope.subject() + " is probing, and this is not the turn of this group"));
        }
        strains.addAll(strains(scope, state, now));
        if (passage == Passage.PROBE) {
            strains.remove(Strain.OPEN);
            strains.add(Strain.PROBING);
        }
        return Optional.empty();
    }

    private Set<Strain> strains(ScopeKey scope, BreakerState state, Instant now) {
        return BreakerRecords.read(state).strains(settings.sensitivity(scope), now);
    }

    private void addCommon(Set<Strain> strains, HealerLoad load, Duration patience) {
        Collection<BreakerState> routes = readings.modelRoutes();
        if (!routes.isEmpty() && routes.stream().allMatch(route -> route.getPosition() == BreakerPosition.OPEN)) {
            strains.add(Strain.MODELS_AWAY);
        }
        if (load.isBusy(patience)) {
            strains.add(Strain.BUSY);
        }
    }

    private Optional<Permission.Refused> spend(String service, BudgetPolicy budget, Instant now) {
        ScopeKey scope = ScopeKey.budget(service);
        Optional<BreakerState> state = readings.breaker(scope);
        if (state.filter(Gate::isUnreadable).isPresent()) {
            return Optional.of(unreadable(scope));
        }
        ServiceBudget used = state.map(BreakerRecords::readBudget).orElseGet(() -> ServiceBudget.initial(now));
        DailyBudget here = readings.sentHere(service).orElseGet(() -> DailyBudget.initial(now));
        int limit = budget.getRequestsPerDay();
        return used.allows(here, partition, settings.partitions(), limit, now)
                ? Optional.empty()
                : Optional.of(new Permission.Refused(scope, describe(used.usedOn(now), limit)));
    }

    private static String describe(int used, int limit) {
        String onTheWay = used < limit ? ", and the rest is on the way" : "";
        return "budget used up: " + used + " of " + limit + " requests today" + onTheWay;
    }

    private HealerLoad load(Instant now) {
        return new HealerLoad(readings.workers(), readings::waitingSince, settings.load(), now);
    }

    private static boolean isUnreadable(BreakerState state) {
        return state.getPosition() == BreakerPosition.UNKNOWN;
    }

    private static Permission.Refused unreadable(ScopeKey scope) {
        return new Permission.Refused(
                scope, "the breaker of " + scope.subject() + " cannot be read, so nothing passes it");
    }

    private static String describe(ScopeKey scope, BreakerState state) {
        return "breaker of " + scope.subject() + " is "
                + state.getPosition()
                + state.getProbeAt().map(at -> " until " + at).orElse("")
                + ": " + state.getReason();
    }
}
