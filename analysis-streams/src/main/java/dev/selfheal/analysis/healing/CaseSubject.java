package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Subject;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.Classification;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.Severity;
import java.time.Instant;

/** A case as the breakers see it. */
final class CaseSubject {

    private CaseSubject() {}

    /** By its sample; by its classification once the sample is gone. */
    static Subject of(HealingCase healingCase) {
        return healingCase
                .getEvent()
                .map(Subject::of)
                .orElseGet(() -> new Subject(
                        healingCase.getGroup(),
                        healingCase.getService(),
                        healingCase
                                .getClassification()
                                .map(Classification::getErrorType)
                                .orElse(""),
                        Severity.UNKNOWN));
    }

    /** When it sent its first request; when it was opened, if that is no longer in its history. */
    static Instant requestedAt(HealingCase healingCase) {
        return healingCase.getHistory().stream()
                .filter(step -> step.getTo() == CaseState.REQUESTED)
                .findFirst()
                .map(CaseTransition::getAt)
                .orElse(healingCase.getOpenedAt());
    }
}
