package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.healing.CaseInput.ErrorSeen;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.Reproduction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A test that shows the error, and comes when its case is under way already. What waits for a person only for want of one
 * need not wait any longer: the next attempt is made with it. A case has no more than one such attempt, because the sample
 * of the error has a reproduction from then on.
 */
final class Reproductions {

    private final Attempts attempts;

    Reproductions(Attempts attempts) {
        this.attempts = attempts;
    }

    /** Whether this error has what the case lacks. */
    static boolean isNews(HealingCase present, ErrorSeen seen) {
        return seen.head().getReproduction().isPresent() && !hasOne(present);
    }

    /** An error that {@link #isNews}. */
    Decision onError(HealingCase present, ErrorSeen seen, Instant now) {
        HealingCase known =
                HealingCase.newBuilder(present).setEvent(seen.event()).build();
        return switch (known.getState()) {
            case IN_REVIEW -> takeUp(known, now, seen.cause());
            case REQUESTED, PROPOSED ->
                HealingCases.moved(CaseHistory.noted(known, now, test(known) + " shows the error", seen.cause()));
            default -> Decision.unchanged(Optional.of(known));
        };
    }

    /** Whether it came after the attempt that is in flight was asked for, so that the attempt has not had it. */
    static boolean cameMeanwhile(HealingCase present) {
        String event = present.getEvent().map(ErrorEvent::getEventId).orElse("");
        List<CaseTransition> history = present.getHistory();
        for (int i = history.size() - 1; hasOne(present) && i >= 0; i--) {
            CaseTransition step = history.get(i);
            if (step.getTo() == CaseState.REQUESTED && step.getFrom() != CaseState.REQUESTED) {
                return false;
            }
            if (step.getCause().equals(event)) {
                return true;
            }
        }
        return false;
    }

    /** The next attempt of a case in review; where there can be none, it stays there and says why. */
    Decision takeUp(HealingCase waiting, Instant now, String cause) {
        String shown = test(waiting) + " shows the error";
        return attempts.obstacle(waiting, now)
                .map(why -> HealingCases.moved(CaseHistory.noted(
                        waiting, now, shown + ", but " + why + ": RETRY opens a case that is tried with it", cause)))
                .orElseGet(() -> attempts.next(waiting, now, shown, cause));
    }

    private static boolean hasOne(HealingCase healingCase) {
        return healingCase.getEvent().flatMap(ErrorEvent::getReproduction).isPresent();
    }

    private static String test(HealingCase healingCase) {
        return healingCase
                .getEvent()
                .flatMap(ErrorEvent::getReproduction)
                .map(Reproduction::getSelector)
                .orElseThrow();
    }
}
