package dev.selfheal.analysis.archive;

import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.HealingCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is new in a case since it was last seen. Pure. */
final class CaseSteps {

    private static final double MICROS = 1_000_000;
    private static final String PERSON = "review:";

    private CaseSteps() {}

    /**
     * @param before the same case as it was; empty for a case not seen yet
     * @return its new transitions, oldest first; the first carries the new cost
     */
    static List<CaseStep> between(Optional<HealingCase> before, HealingCase after) {
        List<CaseTransition> history = after.getHistory();
        int known = before.map(HealingCase::getHistory)
                .map(old -> known(old, history))
                .orElse(0);
        long cost = micros(after) - before.map(CaseSteps::micros).orElse(0L);
        List<CaseStep> steps = new ArrayList<>();
        for (int i = known; i < history.size(); i++) {
            steps.add(step(after, i, i == known ? cost : 0));
        }
        if (steps.isEmpty() && cost != 0) {
            CaseState state = after.getState();
            steps.add(
                    step(after, new CaseTransition(state, state, after.getUpdatedAt(), "", ""), history.size(), cost));
        }
        return steps;
    }

    /** How many of the transitions were there already; the oldest may have been dropped since. */
    private static int known(List<CaseTransition> old, List<CaseTransition> history) {
        return old.isEmpty() ? 0 : history.lastIndexOf(old.get(old.size() - 1)) + 1;
    }

    private static CaseStep step(HealingCase healingCase, int index, long cost) {
        return step(healingCase, healingCase.getHistory().get(index), index, cost);
    }

    private static CaseStep step(HealingCase healingCase, CaseTransition transition, int index, long cost) {
        return new CaseStep(
                healingCase.getCaseId(),
                healingCase.getService(),
                transition.getFrom(),
                transition.getTo(),
                transition.getAt(),
                healingCase.getOpenedAt(),
                succeededBefore(healingCase.getHistory(), index),
                healingCase.getAttempt(),
                healingCase.getChangedLines(),
                cost,
                UntriedReason.of(healingCase, transition),
                transition.getCause().startsWith(PERSON));
    }

    private static Optional<Instant> succeededBefore(List<CaseTransition> history, int end) {
        Optional<Instant> succeeded = Optional.empty();
        for (CaseTransition past : history.subList(0, end)) {
            if (CaseStep.isGood(past.getTo()) && !CaseStep.isGood(past.getFrom())) {
                succeeded = Optional.of(past.getAt());
            }
        }
        return succeeded;
    }

    private static long micros(HealingCase healingCase) {
        return Math.round(healingCase.getCostUsd() * MICROS);
    }
}
