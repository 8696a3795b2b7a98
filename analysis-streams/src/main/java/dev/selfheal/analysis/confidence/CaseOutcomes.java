package dev.selfheal.analysis.confidence;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Classification;
import dev.selfheal.event.HealingCase;
import java.util.List;
import java.util.Optional;

/**
 * Reads from a change of a case what it says about the patch of its newest verdict. Pure.
 *
 * <p>A case counts once per attempt, by the last word said: a patch that a person approved and that regressed was wrong. What
 * says nothing about the patch (a lost worker, a case that a person stopped, nothing to propose) counts for nothing.
 */
public final class CaseOutcomes {

    /** The check's name under which a person's rejection is fed back. */
    private static final String REVIEW = "review";

    private static final String BY_A_PERSON = "review:";
    private static final int MAX_TYPE = 200;

    private CaseOutcomes() {}

    public static Optional<CaseOutcome> of(HealingCase changed) {
        if (changed.getProvider().isEmpty() || changed.getHistory().isEmpty()) {
            return Optional.empty();
        }
        List<CaseTransition> history = changed.getHistory();
        CaseTransition last = history.get(history.size() - 1);
        if (last.getFrom() == CaseState.REJECTED && history.size() > 1) {
            int attempt = last.getTo() == CaseState.REQUESTED ? changed.getAttempt() - 1 : changed.getAttempt();
            return refusal(changed, history.get(history.size() - 2), attempt)
                    .map(kind -> outcome(changed, attempt, kind));
        }
        return ending(last).map(kind -> outcome(changed, changed.getAttempt(), kind));
    }

    private static Optional<Kind> refusal(HealingCase changed, CaseTransition refused, int attempt) {
        boolean byPerson = refused.getFrom() == CaseState.IN_REVIEW;
        boolean told = changed.getFeedback().stream()
                .anyMatch(feedback ->
                        feedback.getAttempt() == attempt && feedback.getCheck().equals(REVIEW) == byPerson);
        if (!told) {
            return Optional.empty();
        }
        return Optional.of(byPerson ? Kind.WRONG : Kind.REFUTED);
    }

    private static Optional<Kind> ending(CaseTransition last) {
        return switch (last.getTo()) {
            case HEALED -> Optional.of(Kind.RIGHT);
            case REGRESSED, ROLLED_BACK -> Optional.of(Kind.WRONG);
            case APPROVED -> Optional.of(last.getFrom() == CaseState.IN_REVIEW ? Kind.RIGHT : Kind.PROVEN);
            case EXHAUSTED ->
                last.getFrom() == CaseState.DEPLOYED && !last.getCause().startsWith(BY_A_PERSON)
                        ? Optional.of(Kind.WRONG)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static CaseOutcome outcome(HealingCase changed, int attempt, Kind kind) {
        String type =
                changed.getClassification().map(Classification::getErrorType).orElse("");
        return new CaseOutcome(
                changed.getCaseId(),
                attempt,
                changed.getProvider(),
                type.length() <= MAX_TYPE ? type : type.substring(0, MAX_TYPE),
                changed.getRawConfidence(),
                changed.getConfidence(),
                kind);
    }
}
