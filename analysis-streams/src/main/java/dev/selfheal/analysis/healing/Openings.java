package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.classification.FaultTaxonomy;
import dev.selfheal.analysis.healing.CaseInput.ErrorSeen;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.ReviewDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides whether an error is worth a case, and opens it. */
final class Openings {

    private final Circumstances circumstances;
    private final Attempts attempts;
    private final Duration policyGrace;

    Openings(Circumstances circumstances, Attempts attempts, Duration policyGrace) {
        this.policyGrace = policyGrace;
        this.circumstances = circumstances;
        this.attempts = attempts;
    }

    /** An error of a group that has no case under way. */
    Decision onError(Optional<HealingCase> previous, ErrorSeen seen, Instant now) {
        ErrorEvent event = seen.event();
        Optional<HealingPolicy> policy = circumstances.policy(event.getService());
        Opening opening = OpeningRule.judge(
                previous,
                seen.sighting(),
                policy,
                () -> circumstances.classify(event),
                () -> circumstances.permission(event, policy.orElseThrow(), now),
                now);
        if (opening instanceof Opening.Open open) {
            HealingCase opened = HealingCase.newBuilder(opened(previous, event, now))
                    .setClassification(open.classification())
                    .setMode(open.mode())
                    .setPredicted(open.predicted())
                    .build();
            return attempts.request(
                    opened, policy.orElseThrow(), Optional.of(seen.trend()), now, open.reason(), seen.cause());
        }
        if (opening instanceof Opening.Abstain abstain) {
            return end(previous, seen, now, CaseState.ABSTAINED, abstain.classification(), abstain.reason());
        }
        if (opening instanceof Opening.Suppress suppress) {
            return end(previous, seen, now, CaseState.SUPPRESSED, suppress.classification(), suppress.reason());
        }
        boolean lacksPolicy = ((Opening.Wait) opening).cause() == Opening.Cause.NO_POLICY;
        return lacksPolicy ? awaitPolicy(previous, seen, now) : Decision.unchanged(previous);
    }

    /** The wait for a policy is over: the sample decides alone, counts are with the next error. */
    Decision onPolicyDue(HealingCase observed, Instant now) {
        ErrorEvent event = observed.getEvent().orElseThrow();
        Optional<HealingPolicy> policy = circumstances.policy(observed.getService());
        if (policy.isEmpty()) {
            return HealingCases.moved(CaseHistory.moved(
                    observed, CaseState.ABSTAINED, Optional.empty(), now, "no policy", event.getEventId()));
        }
        HealingCase idle = HealingCase.newBuilder(observed)
                .clearDeadline()
                .setUpdatedAt(now)
                .build();
        boolean worthIt = event.getReproduction().isPresent()
                && FaultTaxonomy.isMendable(circumstances.classify(event))
                && circumstances.permission(event, policy.get(), now) instanceof Permission.Granted;
        return worthIt
                ? attempts.request(
                        idle,
                        policy.get(),
                        Optional.empty(),
                        now,
                        "reproduced by " + event.getReproduction().orElseThrow().getSelector(),
                        event.getEventId())
                : Decision.of(idle);
    }

    /** A policy published just before the error may still be on its way here. */
    private Decision awaitPolicy(Optional<HealingCase> previous, ErrorSeen seen, Instant now) {
        boolean said = previous.filter(
                        last -> last.getState() == CaseState.OBSERVED || last.getState() == CaseState.ABSTAINED)
                .isPresent();
        if (said) {
            return Decision.unchanged(previous);
        }
        HealingCase observed = HealingCase.newBuilder(opened(previous, seen.event(), now))
                .setDeadline(now.plus(policyGrace))
                .build();
        return Decision.of(observed, new CaseOutput.CaseChanged(observed));
    }

    /** A person wants another case for the group; trigger and cool-down do not count. */
    Decision onDemand(HealingCase previous, ReviewDecision review, boolean pastBreakers, Instant now, String cause) {
        Optional<ErrorEvent> event = previous.getEvent();
        Optional<HealingPolicy> policy = circumstances.policy(previous.getService());
        if (event.isEmpty() || policy.isEmpty()) {
            return Decision.unchanged(Optional.of(previous));
        }
        HealingCase opened = opened(Optional.of(previous), event.get(), now);
        boolean refused = circumstances.permission(event.get(), policy.get(), now) instanceof Permission.Refused;
        if (refused && !pastBreakers) {
            return Decision.unchanged(Optional.of(previous));
        }
        String why = review.getDecision() + " by " + review.getReviewer() + ": " + review.getComment();
        return attempts.request(opened, policy.get(), Optional.empty(), now, why, cause);
    }

    /** A case that ends where it begins; said once, not again with every error. */
    private static Decision end(
            Optional<HealingCase> previous,
            ErrorSeen seen,
            Instant now,
            CaseState state,
            Classification classification,
            String reason) {
        if (previous.filter(last -> last.getState() == state).isPresent()) {
            return Decision.unchanged(previous);
        }
        HealingCase opened = HealingCase.newBuilder(opened(previous, seen.event(), now))
                .setClassification(classification)
                .build();
        return HealingCases.moved(CaseHistory.moved(opened, state, Optional.empty(), now, reason, seen.cause()));
    }

    private static HealingCase opened(Optional<HealingCase> previous, ErrorEvent event, Instant now) {
        if (previous.filter(last -> last.getState() == CaseState.OBSERVED).isPresent()) {
            return HealingCase.newBuilder(previous.get())
                    .setEvent(event)
                    .clearDeadline()
                    .build();
        }
        String before = previous.map(HealingCase::getCaseId).orElse("");
        return HealingCase.newBuilder()
                .setCaseId(CaseIds.caseId(event.getGroup(), now, before))
                .setGroup(event.getGroup())
                .setService(event.getService())
                .setState(CaseState.OBSERVED)
                .setOpenedAt(now)
                .setUpdatedAt(now)
                .setHistory(List.of())
                .setEvent(event)
                .build();
    }
}
