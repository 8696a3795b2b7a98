package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.healing.CaseInput.ErrorSeen;
import dev.selfheal.analysis.healing.CaseInput.ProposalArrived;
import dev.selfheal.analysis.healing.CaseInput.TimePassed;
import dev.selfheal.analysis.healing.CaseInput.VerdictArrived;
import dev.selfheal.analysis.regression.Watches;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.HealingCase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an input shows that a case has waited too long. A worker's time is not over just because errors that were
 * waiting themselves are older or newer: only passing time, a late answer, or an answer to a later attempt shows that.
 * An answer is late by the time it was published, and only if its worker had it for longer than a step may take; so
 * neither a backlog here nor one on the way uses up an attempt.
 */
final class Deadlines {

    private final Attempts attempts;

    Deadlines(Attempts attempts) {
        this.attempts = attempts;
    }

    /** When the present step was given up; empty while it goes on. */
    Optional<Instant> over(HealingCase present, CaseInput input) {
        Optional<Instant> deadline = present.getDeadline();
        if (deadline.isEmpty()) {
            return Optional.empty();
        }
        if (!CaseHistory.awaitsAnswer(present)) {
            Instant at = timeOf(present, input);
            return at.isAfter(deadline.get()) ? Optional.of(at) : Optional.empty();
        }
        if (input instanceof TimePassed) {
            return input.at().isAfter(deadline.get()) ? Optional.of(input.at()) : Optional.empty();
        }
        if (input instanceof ProposalArrived arrived) {
            Answer answer = new Answer(
                    arrived.proposal().getCaseId(),
                    arrived.proposal().getAttempt(),
                    arrived.at(),
                    arrived.proposal().getDurationMs());
            return over(present, answer);
        }
        if (input instanceof VerdictArrived arrived) {
            Answer answer = new Answer(
                    arrived.verdict().getCaseId(),
                    arrived.verdict().getAttempt(),
                    arrived.at(),
                    arrived.verdict().getDurationMs());
            return over(present, answer);
        }
        return Optional.empty();
    }

    /** A watch lives by the time of its errors, whenever they come. */
    private static Instant timeOf(HealingCase present, CaseInput input) {
        return present.getState() == CaseState.DEPLOYED && input instanceof ErrorSeen seen
                ? Watches.happenedAt(seen.event())
                : input.at();
    }

    private Optional<Instant> over(HealingCase present, Answer answer) {
        if (!present.getCaseId().equals(answer.caseId())) {
            return Optional.empty();
        }
        Instant deadline = present.getDeadline().orElseThrow();
        if (answer.attempt() > present.getAttempt() && attempts.allows(present, answer.attempt())) {
            // That attempt was asked for when this one was given up, before the topics were read again.
            return Optional.of(deadline.plusMillis(1));
        }
        boolean late = answer.attempt() == present.getAttempt()
                && answer.publishedAt().isAfter(deadline)
                && Duration.ofMillis(answer.workedMs()).compareTo(attempts.stepTimeout(present)) > 0;
        return late ? Optional.of(answer.publishedAt()) : Optional.empty();
    }

    private record Answer(String caseId, int attempt, Instant publishedAt, long workedMs) {}
}
