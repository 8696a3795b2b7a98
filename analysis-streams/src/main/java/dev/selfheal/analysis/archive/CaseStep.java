package dev.selfheal.analysis.archive;

import dev.selfheal.event.CaseState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One transition of one case, told once. A step whose states are the same only brings a cost.
 *
 * @param openedAt when the error came that opened the case
 * @param succeededAt when the case last became a success before this step; empty while it is none
 * @param attempt of the case, from 1; 0 before the first
 * @param changedLines of the patch the newest verdict is about
 * @param costMicroUsd spent since the step before, millionths of a US dollar
 * @param reason why nothing was tried, as a word or two; empty for other steps
 * @param byPerson whether a person's decision caused it
 */
public record CaseStep(
        String caseId,
        String service,
        CaseState from,
        CaseState to,
        Instant at,
        Instant openedAt,
        Optional<Instant> succeededAt,
        int attempt,
        int changedLines,
        long costMicroUsd,
        String reason,
        boolean byPerson) {

    /** Stands for every service in the keys of those who count steps. */
    public static final String ALL_SERVICES = "*";

    /** A patch stands: approved by evidence or by a person, or out already. */
    private static final Set<CaseState> GOOD = EnumSet.of(CaseState.APPROVED, CaseState.DEPLOYED, CaseState.HEALED);

    /** What a step means for the share of healings that succeed. */
    public enum Effect {
        NONE,
        /** The case has its first patch that stands. */
        SUCCEEDED,
        /** The case ended without one. */
        FAILED,
        /** A patch that stood stands no more: what counted as a success is a failure. */
        REVERSED
    }

    static boolean isGood(CaseState state) {
        return GOOD.contains(state);
    }

    public boolean isTransition() {
        return from != to;
    }

    /** The case is counted from here on. */
    public boolean opens() {
        return from == CaseState.OBSERVED;
    }

    /** A person ended the case before it had a result: no failure of the healer. */
    public boolean isStop() {
        return to == CaseState.EXHAUSTED && byPerson && from != CaseState.REJECTED && !isGood(from);
    }

    public Effect effect() {
        if (!isTransition()) {
            return Effect.NONE;
        }
        if (isGood(to)) {
            return isGood(from) ? Effect.NONE : Effect.SUCCEEDED;
        }
        if (isGood(from)) {
            return Effect.REVERSED;
        }
        return to == CaseState.EXHAUSTED && !isStop() && succeededAt.isEmpty() ? Effect.FAILED : Effect.NONE;
    }
}
