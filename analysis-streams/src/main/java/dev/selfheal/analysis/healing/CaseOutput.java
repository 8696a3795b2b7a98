package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.breaker.Subject;
import dev.selfheal.event.Alert;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import java.time.Instant;

/** What a decision sends out. */
public sealed interface CaseOutput {

    record Requested(HealingRequest request) implements CaseOutput {}

    /** The case as consumers see it. */
    record CaseChanged(HealingCase healingCase) implements CaseOutput {}

    record Raised(Alert alert) implements CaseOutput {}

    /**
     * For the breakers.
     *
     * @param requestedAt when the case sent its first request
     */
    record Counted(Subject subject, Outcome outcome, Instant requestedAt) implements CaseOutput {}
}
