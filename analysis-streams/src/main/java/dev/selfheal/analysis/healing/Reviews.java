package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.healing.CaseInput.ReviewDecided;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.ReviewDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A person's word on a case. It counts for the case it names, or for the group's newest when it names none. */
final class Reviews {

    private final Attempts attempts;
    private final Openings openings;

    Reviews(Attempts attempts, Openings openings) {
        this.attempts = attempts;
        this.openings = openings;
    }

    Decision onReview(HealingCase present, ReviewDecided decided, Instant now) {
        ReviewDecision review = decided.review();
        boolean meant = review.getCaseId().isEmpty() || review.getCaseId().equals(present.getCaseId());
        if (!meant) {
            return Decision.unchanged(Optional.of(present));
        }
        String cause = decided.cause();
        return switch (review.getDecision()) {
            case APPROVE -> approve(present, review, now, cause);
            case REJECT -> reject(present, review, now, cause);
            case STOP -> stop(present, review, now, cause);
            case RETRY -> again(present, review, false, now, cause);
            case FORCE -> again(present, review, true, now, cause);
            case UNKNOWN -> Decision.unchanged(Optional.of(present));
        };
    }

    private static Decision approve(HealingCase present, ReviewDecision review, Instant now, String cause) {
        if (present.getState() != CaseState.IN_REVIEW) {
            return Decision.unchanged(Optional.of(present));
        }
        HealingCase approved =
                CaseHistory.moved(present, CaseState.APPROVED, Optional.empty(), now, said("approved", review), cause);
        return HealingCases.moved(approved, Outcome.SUCCEEDED);
    }

    private Decision reject(HealingCase present, ReviewDecision review, Instant now, String cause) {
        if (present.getState() != CaseState.IN_REVIEW) {
            return Decision.unchanged(Optional.of(present));
        }
        Feedback feedback = new Feedback(present.getAttempt(), "review", Findings.cut(review.getComment()));
        HealingCase taught = CaseHistory.taught(present, List.of(feedback), List.of());
        return attempts.nextOrEnd(taught, now, said("rejected", review), cause);
    }

    /** A stop is no failure of the healer: the breakers do not hear of it. */
    private static Decision stop(HealingCase present, ReviewDecision review, Instant now, String cause) {
        return CaseHistory.isUnderWay(present)
                ? HealingCases.moved(CaseHistory.moved(
                        present, CaseState.EXHAUSTED, Optional.empty(), now, said("stopped", review), cause))
                : Decision.unchanged(Optional.of(present));
    }

    private Decision again(
            HealingCase present, ReviewDecision review, boolean pastBreakers, Instant now, String cause) {
        if (CaseHistory.awaitsAnswer(present)) {
            return Decision.unchanged(Optional.of(present));
        }
        Decision closed = stop(present, review, now, cause);
        Decision opened = openings.onDemand(closed.current().orElseThrow(), review, pastBreakers, now, cause);
        return closed.then(opened);
    }

    private static String said(String verb, ReviewDecision review) {
        String by = verb + " by " + review.getReviewer();
        return review.getComment().isEmpty() ? by : by + ": " + review.getComment();
    }
}
