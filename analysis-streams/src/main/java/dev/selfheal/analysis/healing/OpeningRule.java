package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.classification.FaultTaxonomy;
import dev.selfheal.analysis.healing.Opening.Cause;
import dev.selfheal.event.Classification;
import dev.selfheal.event.Decision;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.TriggerPolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an error of a group opens a healing case. The machine acts by it and the read model answers "why was this not
 * healed" with it, so that the two cannot differ. Pure.
 */
public final class OpeningRule {

    private OpeningRule() {}

    /** What is looked up only when it matters, and then there is a policy. */
    public interface Inquiry {

        /** What the error is taken for. */
        Classification classification();

        /** Whether the breakers let a case start. */
        Permission permission();

        /** As {@link #permission}, for a case that only a forecast speaks for. */
        Permission permissionAhead();
    }

    /**
     * @param previous the group's newest case
     * @param policy of the group's service
     */
    public static Opening judge(
            Optional<HealingCase> previous,
            Sighting seen,
            Optional<HealingPolicy> policy,
            Inquiry inquiry,
            Instant now) {
        Optional<Opening> wait = wait(previous, seen, policy, now);
        if (wait.isPresent()) {
            return wait.get();
        }
        Optional<Decision> order = previous.flatMap(OpeningRule::order);
        TriggerPolicy trigger = policy.orElseThrow().getTrigger();
        Optional<String> cause =
                order.map(given -> given + " was waiting for an error").or(() -> crossed(trigger, seen));
        Optional<String> forecast = cause.isPresent() ? Optional.empty() : Forecast.crossing(trigger, seen);
        Optional<String> reason = cause.or(() -> forecast);
        // Before anything is looked up: most errors end here.
        if (reason.isEmpty()) {
            return new Opening.Wait(
                    Cause.BELOW_TRIGGER, describe(trigger, seen) + ", " + trigger.getMinEvents() + " are needed");
        }
        Classification fault = inquiry.classification();
        if (order.isEmpty() && !FaultTaxonomy.isMendable(fault)) {
            return new Opening.Abstain(fault, "not a code fault: " + FaultTaxonomy.describe(fault));
        }
        Permission permitted = forecast.isPresent() ? inquiry.permissionAhead() : inquiry.permission();
        if (permitted instanceof Permission.Refused refused && !order.equals(Optional.of(Decision.FORCE))) {
            return new Opening.Suppress(fault, refused);
        }
        return new Opening.Open(fault, mode(permitted), forecast.isPresent(), reason.get());
    }

    /** The threshold the group has crossed; empty while it has crossed none. */
    static Optional<String> crossed(TriggerPolicy trigger, Sighting seen) {
        if (seen.reproduction().isPresent()) {
            return seen.reproduction().map(test -> "reproduced by " + test);
        }
        boolean enough = seen.count(trigger.getWindowMinutes()) >= trigger.getMinEvents();
        return enough ? Optional.of(describe(trigger, seen)) : Optional.empty();
    }

    /** A person who forces it is past the breakers, so past the modes they set too. */
    static HealingMode mode(Permission permitted) {
        return permitted instanceof Permission.Granted granted ? granted.mode() : HealingMode.FULL;
    }

    /** What a person wants of the next error. */
    static Optional<Decision> order(HealingCase previous) {
        return previous.getStanding().filter(word -> word == Decision.FORCE || word == Decision.RETRY);
    }

    private static Optional<Opening> wait(
            Optional<HealingCase> previous, Sighting seen, Optional<HealingPolicy> policy, Instant now) {
        Optional<Opening> byCase = previous.flatMap(last -> waitFor(last, policy, now));
        if (byCase.isPresent() || policy.isPresent()) {
            return byCase;
        }
        String service = seen.trend().getService();
        return Optional.of(new Opening.Wait(Cause.NO_POLICY, "no policy for service " + service));
    }

    private static Optional<Opening> waitFor(HealingCase last, Optional<HealingPolicy> policy, Instant now) {
        String name = "case " + last.getCaseId();
        if (CaseHistory.isUnderWay(last)) {
            return Optional.of(new Opening.Wait(Cause.UNDER_WAY, name + " is " + last.getState()));
        }
        if (last.getStanding().filter(Decision.STOP::equals).isPresent()) {
            return Optional.of(new Opening.Wait(Cause.STOPPED, name + " was stopped by a person"));
        }
        if (last.getQuarantined()) {
            return Optional.of(new Opening.Wait(Cause.QUARANTINED, "the patch of " + name + " made it worse"));
        }
        return policy.map(known -> CaseHistory.restUntil(last, known))
                .filter(end -> now.isBefore(end) && order(last).isEmpty())
                .map(end -> new Opening.Wait(Cause.COOLING_DOWN, "cools down until " + end + " after " + name));
    }

    private static String describe(TriggerPolicy trigger, Sighting seen) {
        long errors = seen.count(trigger.getWindowMinutes());
        return errors + (errors == 1 ? " error in " : " errors in ") + trigger.getWindowMinutes() + " minutes";
    }
}
