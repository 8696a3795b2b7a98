package dev.selfheal.analysis.confidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The newest outcomes. Immutable; at most {@code capacity} that calibration learns from and as many others, so that many
 * refuted proposals do not drive the few truths out.
 *
 * @param outcomes oldest first
 */
record OutcomeMemory(List<CaseOutcome> outcomes, int capacity) {

    OutcomeMemory {
        outcomes = List.copyOf(outcomes);
    }

    /** What was thought of the same patch until now. */
    Optional<CaseOutcome> of(CaseOutcome patch) {
        return outcomes.stream().filter(patch::isSamePatch).findFirst();
    }

    /** A later word on the same patch takes the place of the earlier one. */
    OutcomeMemory learned(CaseOutcome outcome) {
        List<CaseOutcome> newer = new ArrayList<>(outcomes);
        newer.removeIf(outcome::isSamePatch);
        newer.add(outcome);
        dropOldest(newer, CaseOutcome::isScored);
        dropOldest(newer, Predicate.not(CaseOutcome::isScored));
        return new OutcomeMemory(newer, capacity);
    }

    /** Those that calibration learns from. */
    List<CaseOutcome> scored() {
        return outcomes.stream().filter(CaseOutcome::isScored).toList();
    }

    private void dropOldest(List<CaseOutcome> from, Predicate<CaseOutcome> kind) {
        long excess = from.stream().filter(kind).count() - capacity;
        for (int i = 0; excess > 0; i++) {
            if (kind.test(from.get(i))) {
                from.remove(i);
                i--;
                excess--;
            }
        }
    }
}
