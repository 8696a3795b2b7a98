package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.breaker.Subject;
import dev.selfheal.event.Alert;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.RegressionWatch;
import dev.selfheal.event.RollbackCommand;
import java.time.Instant;
import java.util.Optional;

/** What a decision sends out. */
public sealed interface CaseOutput {

    record Requested(HealingRequest request) implements CaseOutput {}

    /** The case as consumers see it. */
    record CaseChanged(HealingCase healingCase) implements CaseOutput {}

    /** Nothing is known of the group any more, none of its cases either. */
    record GroupForgotten() implements CaseOutput {}

    /**
     * @param watch empty when it is over
     */
    record WatchChanged(String caseId, Optional<RegressionWatch> watch) implements CaseOutput {}

    /** To be sent unless the service has had its rollbacks of the day. */
    record RollbackWanted(RollbackCommand command) implements CaseOutput {}

    record Raised(Alert alert) implements CaseOutput {}

    /**
     * For the breakers.
     *
     * @param requestedAt when the case sent its first request
     */
    record Counted(Subject subject, Outcome outcome, Instant requestedAt) implements CaseOutput {}
}
