package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.ProposalOutcome;
import java.time.Instant;
import java.util.Optional;

/** What the workers answer to the attempt that is in flight. */
final class Answers {

    private final Attempts attempts;
    private final Handovers handovers;
    private final Reproductions reproductions;

    Answers(Attempts attempts, Handovers handovers, Reproductions reproductions) {
        this.attempts = attempts;
        this.handovers = handovers;
        this.reproductions = reproductions;
    }

    Decision onProposal(HealingCase present, PatchProposal proposal, Instant now) {
        boolean expected = present.getState() == CaseState.REQUESTED
                && isAnswerTo(present, proposal.getCaseId(), proposal.getAttempt());
        if (!expected) {
            return Decision.unchanged(Optional.of(present));
        }
        String cause = proposal.getProposalId();
        String reason = proposal.getReason().orElse("no candidate");
        HealingCase answered = CaseFacts.proposed(present, proposal);
        if (proposal.getOutcome() == ProposalOutcome.PROPOSED
                && !proposal.getCandidates().isEmpty()) {
            // The validator gets as long as the proposer had.
            Instant deadline = now.plus(attempts.stepTimeout(present));
            String why = proposal.getCandidates().size() + " candidates";
            return HealingCases.moved(
                    CaseHistory.moved(answered, CaseState.PROPOSED, Optional.of(deadline), now, why, cause));
        }
        return proposal.getOutcome() == ProposalOutcome.FAILED
                ? attempts.nextOrEnd(answered, now, "proposing failed: " + reason, cause)
                : attempts.exhausted(answered, now, nothingLeft(answered) + reason, cause);
    }

    /** A proposer that has been refuted all along has looked for something else and not found it: that is another end. */
    private static String nothingLeft(HealingCase ended) {
        int refuted = ended.getRefutedPatches().size();
        return switch (refuted) {
            case 0 -> "nothing to propose: ";
            case 1 -> "1 candidate refuted, nothing else to try: ";
            default -> refuted + " candidates refuted, nothing else to try: ";
        };
    }

    /** A verdict may overtake the proposal it is about: they travel on different topics. */
    Decision onVerdict(HealingCase present, PatchVerdict verdict, Instant now) {
        boolean expected =
                CaseHistory.awaitsAnswer(present) && isAnswerTo(present, verdict.getCaseId(), verdict.getAttempt());
        if (!expected) {
            return Decision.unchanged(Optional.of(present));
        }
        String cause = verdict.getVerdictId();
        HealingCase judged = CaseFacts.judged(present, verdict, present.getState() == CaseState.REQUESTED);
        return switch (verdict.getVerdict()) {
            case APPROVED ->
                HealingCases.moved(
                        handovers.begin(judged, CaseState.APPROVED, now, verdict.getReason(), cause),
                        Outcome.SUCCEEDED);
            case NEEDS_REVIEW -> {
                // The patch itself is not refuted: only a person can do that now.
                HealingCase taught =
                        CaseHistory.taught(judged, Findings.ofRefuted(verdict), Findings.refutedBeside(verdict));
                HealingCase waiting = handovers.begin(taught, CaseState.IN_REVIEW, now, verdict.getReason(), cause);
                Decision inReview = HealingCases.moved(waiting);
                yield toldOfReview(
                        Reproductions.cameMeanwhile(judged)
                                ? inReview.then(reproductions.takeUp(waiting, now, cause))
                                : inReview,
                        verdict);
            }
            case REJECTED, UNKNOWN -> {
                HealingCase taught = CaseHistory.taught(judged, Findings.feedback(verdict), Findings.refuted(verdict));
                yield attempts.nextOrEnd(taught, now, verdict.getReason(), cause);
            }
        };
    }

    private static Decision toldOfReview(Decision judged, PatchVerdict verdict) {
        HealingCase waiting = judged.current().orElseThrow();
        return waiting.getState() == CaseState.IN_REVIEW
                ? judged.then(Decision.of(
                        waiting, Attempts.alert(waiting, "PatchAwaitsReview", AlertLevel.INFO, verdict.getReason())))
                : judged;
    }

    private static boolean isAnswerTo(HealingCase present, String caseId, int attempt) {
        return present.getCaseId().equals(caseId) && present.getAttempt() == attempt;
    }
}
