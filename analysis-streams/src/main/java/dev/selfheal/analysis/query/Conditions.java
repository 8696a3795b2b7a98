package dev.selfheal.analysis.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.breaker.ScopeKey;
import dev.selfheal.analysis.classification.FaultTaxonomy;
import dev.selfheal.analysis.healing.CaseProcessor;
import dev.selfheal.analysis.healing.Opening;
import dev.selfheal.analysis.query.WhyQuery.Facts;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Decision;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything that must hold before a case opens, each with its figures, whether it is what stops the group or not. */
final class Conditions {

    private final LocalStores stores;

    Conditions(LocalStores stores) {
        this.stores = stores;
    }

    /**
     * @param figures with their units in the names
     */
    record Condition(String name, boolean holds, String detail, ObjectNode figures) {

        ObjectNode toJson() {
            ObjectNode node =
                    Json.object().put("condition", name).put("holds", holds).put("detail", detail);
            node.setAll(figures);
            return node;
        }
    }

    List<Condition> of(Facts facts) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(policy(facts));
        conditions.add(nothingUnderWay(facts));
        conditions.add(notStopped(facts));
        conditions.add(notQuarantined(facts));
        facts.policy().ifPresent(policy -> {
            conditions.add(rested(facts, policy));
            conditions.add(mendable(facts));
            conditions.add(triggered(facts, policy.getTrigger()));
            breakers(facts, policy).forEach(conditions::add);
            conditions.add(permitted(facts));
        });
        return conditions;
    }

    /** What the decision is, for programs. */
    static String word(Opening opening) {
        return opening instanceof Opening.Wait wait
                ? "WAIT_" + wait.cause().name()
                : opening.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    /** What the next error of the group leads to. */
    static String sentence(Opening opening) {
        if (opening instanceof Opening.Open open) {
            return "The next error opens a case: " + open.reason() + ".";
        }
        if (opening instanceof Opening.Abstain abstain) {
            return "Nothing is tried: " + abstain.reason() + ".";
        }
        if (opening instanceof Opening.Suppress suppress) {
            return "Healing is held back: " + suppress.reason() + ".";
        }
        return "It waits: " + opening.reason() + ".";
    }

    /** Where the group's newest case stands. */
    static String sentence(HealingCase found) {
        List<CaseTransition> history = found.getHistory();
        String reason =
                history.isEmpty() ? "" : ": " + history.get(history.size() - 1).getReason();
        return "Case " + found.getCaseId() + " is " + found.getState() + " since " + found.getUpdatedAt() + reason
                + (reason.endsWith(".") ? "" : ".");
    }

    private static Condition policy(Facts facts) {
        String service = facts.seen().trend().getService();
        boolean there = facts.policy().isPresent();
        return condition("policy", there, there ? "in force for " + service : "none for service " + service);
    }

    private static Condition nothingUnderWay(Facts facts) {
        Optional<HealingCase> running = facts.newest().filter(found -> switch (found.getState()) {
            case REQUESTED, PROPOSED, IN_REVIEW, APPROVED, DEPLOYED -> true;
            default -> false;
        });
        Condition condition = condition(
                "nothingUnderWay",
                running.isEmpty(),
                running.map(found -> "case " + found.getCaseId() + " is " + found.getState())
                        .orElse("no case of the group is under way"));
        running.ifPresent(found -> {
            condition.figures().put("attempt", found.getAttempt());
            found.getDeadline().ifPresent(end -> condition.figures().put("deadline", end.toString()));
        });
        return condition;
    }

    private static Condition notStopped(Facts facts) {
        boolean stopped = facts.newest()
                .flatMap(HealingCase::getStanding)
                .filter(Decision.STOP::equals)
                .isPresent();
        return condition("notStopped", !stopped, stopped ? "a person said STOP" : "no person said STOP");
    }

    private static Condition notQuarantined(Facts facts) {
        boolean quarantined = facts.newest().filter(HealingCase::getQuarantined).isPresent();
        return condition(
                "notQuarantined",
                !quarantined,
                quarantined ? "a patch made it worse; a person must ask for another try" : "no patch made it worse");
    }

    private static Condition rested(Facts facts, HealingPolicy policy) {
        Duration rest = Duration.ofMillis(policy.getBudget().getCooldownMs());
        Optional<Instant> until = facts.newest()
                .filter(found -> switch (found.getState()) {
                    case EXHAUSTED, ROLLED_BACK, REGRESSED, HEALED -> true;
                    default -> false;
                })
                .map(found -> found.getUpdatedAt().plus(rest));
        Optional<Instant> ahead = until.filter(facts.now()::isBefore);
        Condition condition = condition(
                "rested",
                ahead.isEmpty(),
                ahead.map(end -> "cools down until " + end).orElse("no cool-down is running"));
        condition.figures().put("cooldownMs", rest.toMillis());
        until.ifPresent(end -> condition.figures().put("cooldownUntil", end.toString()));
        return condition;
    }

    private static Condition mendable(Facts facts) {
        boolean known = !facts.classification().getErrorType().isEmpty();
        Condition condition = condition(
                "mendable",
                FaultTaxonomy.isMendable(facts.classification()),
                known ? "taken for " + facts.classification().getFaultClass() : "judged with the next error");
        condition.figures().setAll(Json.of(facts.classification()));
        return condition;
    }

    private static Condition triggered(Facts facts, TriggerPolicy trigger) {
        ErrorTrend trend = facts.seen().trend();
        long counted = facts.seen().count(trigger.getWindowMinutes());
        boolean enough = counted >= trigger.getMinEvents();
        Optional<String> test = facts.seen().reproduction();
        Condition condition = condition(
                "triggered",
                enough || test.isPresent(),
                test.map(name -> "reproduced by " + name)
                        .orElse(counted + (counted == 1 ? " error" : " errors") + " in the "
                                + trigger.getWindowMinutes() + " minutes before " + facts.now() + ", "
                                + trigger.getMinEvents() + " needed"));
        condition
                .figures()
                .put("errors", counted)
                .put("minErrors", trigger.getMinEvents())
                .put("windowMinutes", trigger.getWindowMinutes())
                .put("forecastPerMinute", trend.getForecastPerMinute())
                .put("forecastMinutes", trigger.getForecastMinutes());
        return condition;
    }

    private List<Condition> breakers(Facts facts, HealingPolicy policy) {
        List<ScopeKey> scopes = new ArrayList<>(ScopeKey.of(facts.subject()));
        scopes.add(ScopeKey.budget(policy.getService()));
        return scopes.stream().map(scope -> breaker(scope, facts.now(), policy)).toList();
    }

    private Condition breaker(ScopeKey scope, Instant now, HealingPolicy policy) {
        Optional<BreakerState> state = stores.getKnown(CaseProcessor.BREAKERS, scope.toString());
        boolean passes = state.filter(known -> known.getPosition() != BreakerPosition.CLOSED)
                .flatMap(BreakerState::getProbeAt)
                .filter(now::isBefore)
                .isEmpty();
        Condition condition = condition(
                "breaker " + scope,
                passes,
                state.map(known -> known.getPosition() + (known.getReason().isEmpty() ? "" : ": " + known.getReason()))
                        .orElse("no outcome yet"));
        if (scope.scope() == BreakerScope.BUDGET) {
            condition.figures().put("requestsPerDay", policy.getBudget().getRequestsPerDay());
        }
        state.flatMap(BreakerState::getProbeAt)
                .ifPresent(at -> condition.figures().put("probeAt", at.toString()));
        return condition;
    }

    private static Condition permitted(Facts facts) {
        Optional<Permission.Refused> refused =
                facts.permission().filter(Permission.Refused.class::isInstance).map(Permission.Refused.class::cast);
        return condition(
                "permitted",
                refused.isEmpty(),
                refused.map(Permission.Refused::reason).orElse("breakers and budget let a case start"));
    }

    private static Condition condition(String name, boolean holds, String detail) {
        return new Condition(name, holds, detail, Json.object());
    }
}
