package dev.selfheal.validation.verdict;

import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerScope;
import dev.selfheal.event.BreakerState;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.HealingMode;
import dev.selfheal.event.PatchProposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keeps a proven patch from being approved without a person while the breakers say so. They are asked at the time of the
 * verdict, because they may have opened while the patch was tried; what the proposal says can only make it stricter.
 */
public final class Restraint {

    private final Function<String, Optional<BreakerState>> breakers;
    private final Predicate<String> current;

    /**
     * @param breakers the newest state by the key of {@code breaker-states}
     * @param current false for a key whose newest state could not be read; then nothing is approved
     */
    public Restraint(Function<String, Optional<BreakerState>> breakers, Predicate<String> current) {
        this.breakers = breakers;
        this.current = current;
    }

    /** The judgement; for people where it would have been an approval that may not be given now. */
    public Judgement on(PatchProposal proposal, Judgement judgement) {
        if (!(judgement.decision() instanceof Decision.Approved)) {
            return judgement;
        }
        return objection(proposal)
                .map(why -> judgement.decided(new Decision.NeedsReview("it is proven, but " + why)))
                .orElse(judgement);
    }

    private Optional<String> objection(PatchProposal proposal) {
        if (forbidsApproval(proposal.getMode())) {
            return Optional.of("it was asked for in mode " + proposal.getMode());
        }
        return scopes(proposal).stream()
                .flatMap(scope -> objection(scope).stream())
                .findFirst();
    }

    private Optional<String> objection(String scope) {
        if (!current.test(scope)) {
            return Optional.of("the breaker " + scope + " cannot be read");
        }
        return breakers.apply(scope)
                .filter(state -> forbidsApproval(state.getMode()) || state.getPosition() == BreakerPosition.UNKNOWN)
                .map(state -> "the breaker " + scope + " is " + state.getPosition() + ", mode " + state.getMode() + ": "
                        + state.getReason());
    }

    private static boolean forbidsApproval(HealingMode mode) {
        return mode.compareTo(HealingMode.REVIEW_ONLY) >= 0;
    }

    /** Widest first, so that the reason names the largest cause. */
    private static List<String> scopes(PatchProposal proposal) {
        ErrorEvent event = proposal.getEvent();
        List<String> scopes = new ArrayList<>();
        scopes.add(BreakerScope.SYSTEM + ":*");
        scopes.add(BreakerScope.SEVERITY + ":" + event.getSeverity());
        scopes.add(BreakerScope.SERVICE + ":" + proposal.getService());
        List<ExceptionInfo> chain = event.getExceptions();
        if (!chain.isEmpty()) {
            scopes.add(
                    BreakerScope.ERROR_TYPE + ":" + chain.get(chain.size() - 1).getType());
        }
        scopes.add(BreakerScope.GROUP + ":" + proposal.getGroup());
        return scopes;
    }
}
