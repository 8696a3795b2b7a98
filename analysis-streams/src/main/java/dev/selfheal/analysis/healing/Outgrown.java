package dev.selfheal.analysis.healing;

import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.HealingCase;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What becomes of a case whose record is too large to be written when its deadline passes. Nobody could take such an input
 * back, as a dead letter takes a message back, so the case gives way: first it does without the older part of what it
 * carries, and if that is not enough it ends, without the sample. Either way people are told.
 */
final class Outgrown {

    private static final int KEPT_TRANSITIONS = 10;
    private static final int KEPT_FEEDBACK = 4;
    private static final int KEPT_REFUTED = 64;

    private final Attempts attempts;

    Outgrown(Attempts attempts) {
        this.attempts = attempts;
    }

    /** Goes on with less. */
    Decision goOn(HealingCase present, CaseInput input, BiFunction<HealingCase, CaseInput, Decision> machine) {
        HealingCase lean = CaseHistory.newest(present, KEPT_TRANSITIONS, KEPT_FEEDBACK, KEPT_REFUTED);
        Decision decision = machine.apply(lean, input);
        CaseOutput told = Attempts.alert(
                decision.current().orElse(lean),
                "CaseTooLarge",
                AlertLevel.WARNING,
                "the record has outgrown its limit; older history and feedback are dropped");
        return decision.then(new Decision(decision.current(), List.of(told)));
    }

    /** Ends it. */
    Decision end(HealingCase present, Instant now) {
        HealingCase bare = HealingCase.newBuilder(CaseHistory.newest(present, KEPT_TRANSITIONS, 0, 0))
                .clearEvent()
                .clearWatch()
                .build();
        Decision ended = attempts.exhausted(bare, now, "the case's record has outgrown its limit", "deadline");
        return present.getWatch().isEmpty()
                ? ended
                : ended.then(new Decision(ended.current(), List.of(Deployments.ended(present))));
    }
}
