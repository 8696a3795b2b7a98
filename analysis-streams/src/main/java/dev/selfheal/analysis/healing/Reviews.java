package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.healing.CaseInput.ReviewDecided;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Feedback;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.ReviewDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A person's word on a case. It counts for the case it names, or for the group's newest when it names none. One that
 * changes nothing is answered with an alert that says why.
 */
final class Reviews {

    private final Attempts attempts;
    private final Openings openings;
    private final Handovers handovers;

    Reviews(Attempts attempts, Openings openings, Handovers handovers) {
        this.handovers = handovers;
        this.attempts = attempts;
        this.openings = openings;
    }

    Decision onReview(Optional<HealingCase> current, ReviewDecided decided, Instant now) {
        ReviewDecision review = decided.review();
        if (review.getGroup().isBlank()) {
            return ignored(current, review, now, "it names no group");
        }
        boolean meant = review.getCaseId().isEmpty()
                || current.filter(c -> c.getCaseId().equals(review.getCaseId())).isPresent();
        if (!meant) {
            String newest = current.map(c -> "the newest is " + c.getCaseId()).orElse("there is none");
            return ignored(current, review, now, "the group's case is not that one, " + newest);
        }
        String cause = decided.cause();
        return switch (review.getDecision()) {
            case APPROVE -> inReview(current, review, now, present -> approve(present, review, now, cause));
            case REJECT -> inReview(current, review, now, present -> reject(present, review, now, cause));
            case STOP -> stop(current, review, now, cause);
            case RETRY, FORCE -> again(current, review, now, cause);
            case UNKNOWN -> ignored(current, review, now, "it is no decision that is known here");
        };
    }

    private static Decision inReview(
            Optional<HealingCase> current,
            ReviewDecision review,
            Instant now,
            Function<HealingCase, Decision> decision) {
        return current.filter(present -> present.getState() == CaseState.IN_REVIEW)
                .map(decision)
                .orElseGet(() -> ignored(current, review, now, "nothing of the group is in review"));
    }

    private Decision approve(HealingCase present, ReviewDecision review, Instant now, String cause) {
        HealingCase approved = handovers.begin(present, CaseState.APPROVED, now, said("approved", review), cause);
        return HealingCases.moved(approved, Outcome.SUCCEEDED);
    }

    private Decision reject(HealingCase present, ReviewDecision review, Instant now, String cause) {
        Feedback feedback = new Feedback(present.getAttempt(), "review", Findings.cut(review.getComment()));
        List<String> refuted = present.getPatchId().isEmpty() ? List.of() : List.of(present.getPatchId());
        HealingCase taught = CaseHistory.taught(present, List.of(feedback), refuted);
        Decision next = attempts.nextOrEnd(taught, now, said("rejected", review), cause);
        // The last rejection ends the case, and its end is the one failure that the breakers hear of.
        return next.current().filter(CaseHistory::hasEnded).isPresent()
                ? next
                : Decision.of(taught, Attempts.counted(taught, Outcome.REJECTED))
                        .then(next);
    }

    /** Ends what is under way, and the group gets no other case until a RETRY or FORCE. */
    private Decision stop(Optional<HealingCase> current, ReviewDecision review, Instant now, String cause) {
        if (current.flatMap(HealingCase::getStanding).equals(Optional.of(review.getDecision()))) {
            return ignored(current, review, now, "the group is stopped already");
        }
        if (current.isEmpty()) {
            return openings.ordered(current, review, CaseState.OBSERVED, now, said("stopped", review), cause);
        }
        HealingCase present = current.get();
        HealingCase told = HealingCase.newBuilder(present)
                .setStanding(review.getDecision())
                .build();
        return CaseHistory.isUnderWay(present)
                ? ended(told, review, now, cause)
                : HealingCases.moved(CaseHistory.noted(told, now, said("stopped", review), cause));
    }

    /** A person's ending is no failure of the healer: the breakers do not hear of it. */
    private static Decision ended(HealingCase present, ReviewDecision review, Instant now, String cause) {
        HealingCase ended = CaseHistory.moved(
                HealingCase.newBuilder(present).clearWatch().build(),
                CaseState.EXHAUSTED,
                Optional.empty(),
                now,
                said("stopped", review),
                cause);
        Decision stopped = HealingCases.moved(ended);
        return present.getWatch().isPresent() ? stopped.then(Decision.of(ended, Deployments.ended(ended))) : stopped;
    }

    private Decision again(Optional<HealingCase> current, ReviewDecision review, Instant now, String cause) {
        if (current.filter(CaseHistory::awaitsAnswer).isPresent()) {
            return ignored(current, review, now, "an attempt is under way");
        }
        Decision closed = current.filter(CaseHistory::isUnderWay)
                .map(present -> ended(present, review, now, cause))
                .orElseGet(() -> Decision.unchanged(current));
        return closed.then(openings.onDemand(closed.current(), review, now, cause));
    }

    private static Decision ignored(Optional<HealingCase> current, ReviewDecision review, Instant now, String why) {
        String subject = review.getCaseId().isEmpty() ? review.getGroup() : review.getCaseId();
        String message = said(review.getDecision().name(), review) + " changes nothing: " + why;
        return new Decision(
                current, List.of(Attempts.alert(subject, "ReviewDecisionIgnored", AlertLevel.WARNING, message, now)));
    }

    static String said(String verb, ReviewDecision review) {
        String by = verb + " by " + review.getReviewer();
        return review.getComment().isEmpty() ? by : by + ": " + review.getComment();
    }
}
