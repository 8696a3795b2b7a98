package dev.selfheal.analysis.archive;

import dev.selfheal.analysis.Samples;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.HealingCase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of cases told as stories: the states they go through, a minute each. */
public final class Steps {

    private Steps() {}

    /** The steps of a case that is opened at {@code at} and goes from state to state. */
    public static List<CaseStep> of(String caseId, Instant at, CaseState... states) {
        return CaseSteps.between(Optional.empty(), caseOf(caseId, at, "because", "cause", states));
    }

    static HealingCase caseOf(String caseId, Instant at, String reason, String cause, CaseState... states) {
        List<CaseTransition> history = new ArrayList<>();
        CaseState from = CaseState.OBSERVED;
        Instant time = at;
        for (CaseState to : states) {
            time = time.plus(Duration.ofMinutes(1));
            history.add(new CaseTransition(from, to, time, reason, cause));
            from = to;
        }
        return HealingCase.newBuilder()
                .setCaseId(caseId)
                .setGroup(Samples.GROUP)
                .setService(Samples.SERVICE)
                .setState(from)
                .setAttempt(1)
                .setOpenedAt(at)
                .setUpdatedAt(time)
                .setHistory(history)
                .build();
    }
}
