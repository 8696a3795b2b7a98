package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.healing.CaseInput.DeploymentReported;
import dev.selfheal.analysis.healing.CaseInput.ErrorSeen;
import dev.selfheal.analysis.healing.CaseInput.ProposalArrived;
import dev.selfheal.analysis.healing.CaseInput.ReviewDecided;
import dev.selfheal.analysis.healing.CaseInput.SuspicionRaised;
import dev.selfheal.analysis.healing.CaseInput.TimePassed;
import dev.selfheal.analysis.healing.CaseInput.VerdictArrived;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.HealingCase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The healing case as a pure function: what was, what happened, and the circumstances give what is and what goes out.
 * At most one request of a group is in flight; an answer to another case or attempt, or a late one, changes nothing; every
 * wait for a worker, for a person, for a deployer, for a group to be quiet and for a rollback has a deadline.
 */
public final class HealingCases {

    private final Attempts attempts;
    private final Openings openings;
    private final Answers answers;
    private final Deployments deployments;
    private final Reviews reviews;
    private final Deadlines deadlines;
    private final Handovers handovers;
    private final Reproductions reproductions;
    private final Outgrown outgrown;

    /**
     * @param policyGrace how long an error whose service has no policy waits for one
     */
    public HealingCases(Circumstances circumstances, Duration policyGrace) {
        attempts = new Attempts(circumstances);
        openings = new Openings(circumstances, attempts, policyGrace);
        handovers = new Handovers(circumstances);
        reproductions = new Reproductions(attempts);
        answers = new Answers(attempts, handovers, reproductions);
        deployments = new Deployments(circumstances, attempts);
        reviews = new Reviews(attempts, openings, handovers);
        deadlines = new Deadlines(attempts);
        outgrown = new Outgrown(attempts);
    }

    /**
     * @param current the group's newest case
     */
    public Decision decide(Optional<HealingCase> current, CaseInput input) {
        Decision decision = Decision.unchanged(current);
        Optional<Instant> over = current.flatMap(present -> deadlines.over(present, input));
        while (over.isPresent()) {
            HealingCase waiting = decision.current().orElseThrow();
            decision = decision.then(onDeadline(waiting, notBefore(Optional.of(waiting), over.get())));
            over = decision.current().flatMap(present -> deadlines.over(present, input));
        }
        Instant now = notBefore(decision.current(), input.at());
        return decision.then(react(decision.current(), input, now));
    }

    /** As {@link #decide}, with less of what the case carries: its record has become too large. */
    Decision decideWithLess(HealingCase current, CaseInput input) {
        return outgrown.goOn(current, input, (lean, again) -> decide(Optional.of(lean), again));
    }

    /** Ends a case whose record is too large even so. */
    Decision end(HealingCase current, CaseInput input) {
        return outgrown.end(current, notBefore(Optional.of(current), input.at()));
    }

    /** While it is open, what is known of its group is kept. */
    public static boolean keepsItsGroup(HealingCase healingCase) {
        return !CaseHistory.hasEnded(healingCase);
    }

    private Decision react(Optional<HealingCase> current, CaseInput input, Instant now) {
        if (input instanceof ErrorSeen seen) {
            return onError(current, seen, now);
        }
        if (input instanceof ReviewDecided decided) {
            return reviews.onReview(current, decided, now);
        }
        if (input instanceof DeploymentReported reported) {
            return deployments.onDeployment(current, reported, now);
        }
        if (current.isEmpty() || input instanceof TimePassed) {
            return Decision.unchanged(current);
        }
        HealingCase present = current.get();
        if (input instanceof ProposalArrived arrived) {
            return answers.onProposal(present, arrived.proposal(), now);
        }
        if (input instanceof VerdictArrived arrived) {
            return answers.onVerdict(present, arrived.verdict(), now);
        }
        return deployments.onSuspicion(present, (SuspicionRaised) input, now);
    }

    private Decision onError(Optional<HealingCase> current, ErrorSeen seen, Instant now) {
        Optional<HealingCase> underWay = current.filter(CaseHistory::isUnderWay);
        if (underWay.isEmpty()) {
            return openings.onError(current, seen, now);
        }
        HealingCase present = underWay.get();
        if (present.getState() == CaseState.DEPLOYED) {
            return deployments.onError(present, seen, now);
        }
        Decision forecast = openings.onErrorMeanwhile(present, seen, now);
        HealingCase told = forecast.current().orElseThrow();
        return Reproductions.isNews(told, seen) ? forecast.then(reproductions.onError(told, seen, now)) : forecast;
    }

    private Decision onDeadline(HealingCase present, Instant now) {
        return switch (present.getState()) {
            case OBSERVED -> openings.onPolicyDue(present, now);
            case IN_REVIEW, APPROVED -> handovers.onDue(present, now);
            case DEPLOYED -> deployments.onWatchDue(present, now);
            case REGRESSED -> deployments.onRollbackDue(present, now);
            default -> {
                String waitedFor = present.getState() == CaseState.REQUESTED ? "proposal" : "verdict";
                String why =
                        "no " + waitedFor + " until " + present.getDeadline().orElseThrow();
                yield attempts.nextOrEnd(present, now, why, "deadline");
            }
        };
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
