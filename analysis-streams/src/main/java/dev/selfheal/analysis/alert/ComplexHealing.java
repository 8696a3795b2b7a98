package dev.selfheal.analysis.alert;

import dev.selfheal.analysis.archive.CaseStep;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.AlertPolicy;
import dev.selfheal.event.CaseState;
import java.util.Optional;

/** Good news worth a look: a case that took several attempts, or a large patch, is healed. Pure. */
final class ComplexHealing {

    static final String NAME = "ComplexHealingSucceeded";

    private ComplexHealing() {}

    static Optional<Alert> of(CaseStep step, AlertPolicy policy) {
        boolean healed = step.isTransition() && step.to() == CaseState.HEALED;
        boolean complex =
                step.attempt() >= policy.getComplexAttempts() || step.changedLines() >= policy.getComplexChangedLines();
        if (!healed || !complex) {
            return Optional.empty();
        }
        String message = step.service() + ": healed with attempt " + step.attempt() + ", " + step.changedLines()
                + " lines changed";
        return Optional.of(Alerts.alert(NAME, AlertLevel.INFO, step.caseId(), message, step.at(), ""));
    }
}
