package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.healing.CaseInput.DeploymentReported;
import dev.selfheal.analysis.healing.CaseInput.ErrorSeen;
import dev.selfheal.analysis.healing.CaseInput.ProposalArrived;
import dev.selfheal.analysis.healing.CaseInput.ReviewDecided;
import dev.selfheal.analysis.healing.CaseInput.TimePassed;
import dev.selfheal.analysis.healing.CaseInput.VerdictArrived;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Deployment;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.ProposalOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The healing case as a pure function: what was, what happened, and the circumstances give what is and what goes out.
 * At most one request of a group is in flight; an answer to another case or attempt, or after the deadline, changes
 * nothing; every wait for a worker has a deadline.
 */
public final class HealingCases {

    private final Attempts attempts;
    private final Openings openings;
    private final Reviews reviews;

    /**
     * @param policyGrace how long an error whose service has no policy waits for one
     */
    public HealingCases(Circumstances circumstances, Duration policyGrace) {
        attempts = new Attempts(circumstances);
        openings = new Openings(circumstances, attempts, policyGrace);
        reviews = new Reviews(attempts, openings);
    }

    /**
     * @param current the group's newest case
     */
    public Decision decide(Optional<HealingCase> current, CaseInput input) {
        Instant now = notBefore(current, input.at());
        Optional<HealingCase> overdue = current.filter(c -> CaseHistory.isOverdue(c, now));
        if (overdue.isPresent()) {
            Decision late = onDeadline(overdue.get(), now);
            return late.then(react(late.current(), input, now));
        }
        return react(current, input, now);
    }

    private Decision react(Optional<HealingCase> current, CaseInput input, Instant now) {
        if (input instanceof ErrorSeen seen) {
            return onError(current, seen, now);
        }
        if (current.isEmpty() || input instanceof TimePassed) {
            return Decision.unchanged(current);
        }
        HealingCase present = current.get();
        if (input instanceof ProposalArrived arrived) {
            return onProposal(present, arrived.proposal(), now);
        }
        if (input instanceof VerdictArrived arrived) {
            return onVerdict(present, arrived.verdict(), now);
        }
        if (input instanceof ReviewDecided decided) {
            return reviews.onReview(present, decided, now);
        }
        return onDeployment(present, ((DeploymentReported) input).deployment(), now);
    }

    private Decision onError(Optional<HealingCase> current, ErrorSeen seen, Instant now) {
        boolean open = current.filter(CaseHistory::isUnderWay).isPresent();
        return open
                ? Decision.unchanged(current.map(c -> withBetterSample(c, seen.event())))
                : openings.onError(current, seen, now);
    }

    /** A sample that can be reproduced helps the next attempt more than one that cannot. */
    private static HealingCase withBetterSample(HealingCase present, ErrorEvent event) {
        boolean better = event.getReproduction().isPresent()
                && present.getEvent().flatMap(ErrorEvent::getReproduction).isEmpty();
        return better ? HealingCase.newBuilder(present).setEvent(event).build() : present;
    }

    private Decision onProposal(HealingCase present, PatchProposal proposal, Instant now) {
        boolean expected = present.getState() == CaseState.REQUESTED
                && isAnswerTo(present, proposal.getCaseId(), proposal.getAttempt());
        if (!expected) {
            return Decision.unchanged(Optional.of(present));
        }
        String cause = proposal.getProposalId();
        String reason = proposal.getReason().orElse("no candidate");
        if (proposal.getOutcome() == ProposalOutcome.PROPOSED
                && !proposal.getCandidates().isEmpty()) {
            // The validator gets as long as the proposer had.
            Instant deadline = now.plus(attempts.stepTimeout(present));
            String why = proposal.getCandidates().size() + " candidates";
            return moved(CaseHistory.moved(present, CaseState.PROPOSED, Optional.of(deadline), now, why, cause));
        }
        return proposal.getOutcome() == ProposalOutcome.FAILED
                ? attempts.nextOrEnd(present, now, "proposing failed: " + reason, cause)
                : attempts.exhausted(present, now, "nothing to propose: " + reason, cause);
    }

    /** A verdict may overtake the proposal it is about: they travel on different topics. */
    private Decision onVerdict(HealingCase present, PatchVerdict verdict, Instant now) {
        boolean expected =
                CaseHistory.awaitsAnswer(present) && isAnswerTo(present, verdict.getCaseId(), verdict.getAttempt());
        if (!expected) {
            return Decision.unchanged(Optional.of(present));
        }
        String cause = verdict.getVerdictId();
        HealingCase taught = CaseHistory.taught(present, Findings.feedback(verdict), Findings.refuted(verdict));
        return switch (verdict.getVerdict()) {
            case APPROVED ->
                moved(
                        CaseHistory.moved(
                                present, CaseState.APPROVED, Optional.empty(), now, verdict.getReason(), cause),
                        Outcome.SUCCEEDED);
            case NEEDS_REVIEW -> {
                HealingCase waiting = CaseHistory.moved(
                        taught, CaseState.IN_REVIEW, Optional.empty(), now, verdict.getReason(), cause);
                CaseOutput alert = Attempts.alert(waiting, "PatchAwaitsReview", AlertLevel.INFO, verdict.getReason());
                yield moved(waiting).then(Decision.of(waiting, alert));
            }
            case REJECTED, UNKNOWN -> attempts.nextOrEnd(taught, now, verdict.getReason(), cause);
        };
    }

    private Decision onDeployment(HealingCase present, Deployment deployment, Instant now) {
        if (!present.getCaseId().equals(deployment.getCaseId())) {
            return Decision.unchanged(Optional.of(present));
        }
        CaseState state = present.getState();
        boolean deployable = state == CaseState.APPROVED || state == CaseState.IN_REVIEW;
        String cause = deployment.getDeploymentId();
        return switch (deployment.getStatus()) {
            case SUCCEEDED ->
                deployable
                        ? moved(CaseHistory.moved(
                                present, CaseState.DEPLOYED, Optional.empty(), now, deployment.getCommit(), cause))
                        : Decision.unchanged(Optional.of(present));
            case ROLLED_BACK ->
                state == CaseState.DEPLOYED
                        ? moved(
                                CaseHistory.moved(
                                        present,
                                        CaseState.ROLLED_BACK,
                                        Optional.empty(),
                                        now,
                                        deployment.getMessage(),
                                        cause),
                                Outcome.FAILED)
                        : Decision.unchanged(Optional.of(present));
            case FAILED ->
                Decision.of(
                        present,
                        Attempts.alert(present, "DeploymentFailed", AlertLevel.WARNING, deployment.getMessage()));
            case STARTED, UNKNOWN -> Decision.unchanged(Optional.of(present));
        };
    }

    private Decision onDeadline(HealingCase present, Instant now) {
        if (present.getState() == CaseState.OBSERVED) {
            return openings.onPolicyDue(present, now);
        }
        String waitedFor = present.getState() == CaseState.REQUESTED ? "proposal" : "verdict";
        return attempts.nextOrEnd(
                present,
                now,
                "no " + waitedFor + " until " + present.getDeadline().orElseThrow(),
                "deadline");
    }

    private static boolean isAnswerTo(HealingCase present, String caseId, int attempt) {
        return present.getCaseId().equals(caseId) && present.getAttempt() == attempt;
    }

    static Decision moved(HealingCase to) {
        return Decision.of(to, new CaseOutput.CaseChanged(CaseHistory.published(to)));
    }

    static Decision moved(HealingCase to, Outcome outcome) {
        return moved(to).then(Decision.of(to, Attempts.counted(to, outcome)));
    }

    private static Instant notBefore(Optional<HealingCase> current, Instant at) {
        return current.map(HealingCase::getUpdatedAt).filter(at::isBefore).orElse(at);
    }
}
