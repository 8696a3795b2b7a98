package dev.selfheal.analysis.healing;

import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How long a patch waits for those outside: for a person's word, or for a deployer. Half the time goes by in silence, then
 * people are reminded, and at the end the case is given up so that its group may be healed again. The healer has not failed
 * by that: the breakers do not hear of it.
 */
final class Handovers {

    private final Circumstances circumstances;

    Handovers(Circumstances circumstances) {
        this.circumstances = circumstances;
    }

    /** Hands a case over: to a person in IN_REVIEW, to a deployer in APPROVED. */
    HealingCase begin(HealingCase before, CaseState to, Instant now, String why, String cause) {
        Optional<Instant> reminder = patience(before.getService(), to).map(time -> now.plus(time.dividedBy(2)));
        return CaseHistory.moved(before, to, reminder, now, why, cause);
    }

    /** Nobody has answered until the deadline. */
    Decision onDue(HealingCase waiting, Instant now) {
        boolean review = waiting.getState() == CaseState.IN_REVIEW;
        Optional<Instant> end =
                patience(waiting.getService(), waiting.getState()).map(begun(waiting)::plus);
        if (end.isEmpty()) {
            return Decision.of(HealingCase.newBuilder(waiting).clearDeadline().build());
        }
        return waiting.getDeadline().orElseThrow().isBefore(end.get())
                ? reminded(waiting, review, end.get(), now)
                : givenUp(waiting, review, now);
    }

    private static Decision reminded(HealingCase waiting, boolean review, Instant end, Instant now) {
        String why = (review ? "a patch waits for a person" : "an approved patch waits for its deployment") + " since "
                + begun(waiting) + ", and is given up after " + end;
        HealingCase told =
                CaseHistory.moved(waiting, waiting.getState(), Optional.of(end), now, "reminder: " + why, "deadline");
        String name = review ? "ReviewOverdue" : "DeploymentOverdue";
        return HealingCases.moved(told).then(Decision.of(told, Attempts.alert(told, name, AlertLevel.WARNING, why)));
    }

    private static Decision givenUp(HealingCase waiting, boolean review, Instant now) {
        String why = (review ? "nobody has reviewed the patch until " : "no deployment was reported until ")
                + waiting.getDeadline().orElseThrow();
        HealingCase ended = CaseHistory.moved(waiting, CaseState.EXHAUSTED, Optional.empty(), now, why, "deadline");
        return HealingCases.moved(ended)
                .then(Decision.of(ended, Attempts.alert(ended, "PatchGivenUp", AlertLevel.WARNING, why)));
    }

    /** When it came into its present state; notes move it nowhere. */
    private static Instant begun(HealingCase waiting) {
        List<CaseTransition> history = waiting.getHistory();
        for (int i = history.size() - 1; i >= 0; i--) {
            CaseTransition step = history.get(i);
            if (step.getTo() == waiting.getState() && step.getFrom() != waiting.getState()) {
                return step.getAt();
            }
        }
        return waiting.getUpdatedAt();
    }

    /** Empty when it may wait without end. */
    private Optional<Duration> patience(String service, CaseState state) {
        BudgetPolicy budget = circumstances
                .policy(service)
                .map(HealingPolicy::getBudget)
                .orElseGet(() -> BudgetPolicy.newBuilder().build());
        long millis = state == CaseState.IN_REVIEW ? budget.getReviewWithinMs() : budget.getDeployWithinMs();
        return millis <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }
}
