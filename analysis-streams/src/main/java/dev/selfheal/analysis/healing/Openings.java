package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.classification.FaultTaxonomy;
import dev.selfheal.analysis.healing.CaseInput.ErrorSeen;
import dev.selfheal.analysis.regression.PastErrors;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.FaultClass;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.ReviewDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides whether an error is worth a case, and opens it. */
final class Openings {

    /** Errors of a minute that are all judged; of the later ones each of this number. */
    private static final int ASKED_ABOUT = 16;

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
        if (previous.filter(last -> isAnswered(last, seen)).isPresent()) {
            return Decision.unchanged(previous);
        }
        Optional<HealingPolicy> policy = circumstances.policy(seen.head().getService());
        Opening opening =
                OpeningRule.judge(previous, seen.sighting(), policy, new Lookup(circumstances, seen, policy, now), now);
        if (opening instanceof Opening.Open open) {
            HealingCase opened = HealingCase.newBuilder(opened(previous, seen.event(), now))
                    .setClassification(open.classification())
                    .setMode(open.mode())
                    .setPredicted(open.predicted())
                    .build();
            return attempts.request(
                    opened, policy.orElseThrow(), Optional.of(seen.trend()), now, open.reason(), seen.cause());
        }
        if (opening instanceof Opening.Abstain abstain) {
            return abstained(previous, seen, now, abstain);
        }
        if (opening instanceof Opening.Suppress suppress) {
            return end(previous, seen, now, CaseState.SUPPRESSED, suppress.classification(), suppress.reason());
        }
        boolean lacksPolicy = ((Opening.Wait) opening).cause() == Opening.Cause.NO_POLICY;
        return lacksPolicy ? awaitPolicy(previous, seen, now) : Decision.unchanged(previous);
    }

    /**
     * A group that was turned down is judged again with its next errors, because breakers close and services recover; a storm
     * of them, though, gets the same answer: past the first few of a minute only some are asked about.
     */
    private static boolean isAnswered(HealingCase last, ErrorSeen seen) {
        boolean turnedDown = last.getState() == CaseState.ABSTAINED || last.getState() == CaseState.SUPPRESSED;
        long inMinute = seen.trend().getCount();
        return turnedDown
                && inMinute > ASKED_ABOUT
                && inMinute % ASKED_ABOUT != 0
                && last.getStanding().isEmpty()
                && seen.head().getReproduction().isEmpty();
    }

    /** Healing does not touch a security fault, and people must not find it by chance. */
    private Decision abstained(Optional<HealingCase> previous, ErrorSeen seen, Instant now, Opening.Abstain abstain) {
        Decision ended = end(previous, seen, now, CaseState.ABSTAINED, abstain.classification(), abstain.reason());
        boolean untold = !ended.outputs().isEmpty() && abstain.classification().getFaultClass() == FaultClass.SECURITY;
        if (!untold) {
            return ended;
        }
        HealingCase told = ended.current().orElseThrow();
        return ended.then(
                Decision.of(told, Attempts.alert(told, "SecurityFault", AlertLevel.WARNING, abstain.reason())));
    }

    private record Lookup(Circumstances circumstances, ErrorSeen seen, Optional<HealingPolicy> policy, Instant now)
            implements OpeningRule.Inquiry {

        @Override
        public Classification classification() {
            return circumstances.classify(seen.event());
        }

        @Override
        public Permission permission() {
            return circumstances.permission(seen.event(), policy.orElseThrow(), now);
        }

        @Override
        public Permission permissionAhead() {
            return circumstances.permissionAhead(seen.event(), policy.orElseThrow(), now);
        }
    }

    /** An error while a case is under way. What a forecast has opened may turn out true. */
    Decision onErrorMeanwhile(HealingCase present, ErrorSeen seen, Instant now) {
        Optional<String> crossed = present.getPredicted()
                ? circumstances
                        .policy(present.getService())
                        .flatMap(policy -> OpeningRule.crossed(policy.getTrigger(), seen.sighting()))
                : Optional.empty();
        return crossed.map(reason -> HealingCase.newBuilder(
                                CaseHistory.noted(present, now, "as forecast: " + reason, seen.cause()))
                        .setPredicted(false)
                        .build())
                .map(HealingCases::moved)
                .orElseGet(() -> Decision.unchanged(Optional.of(present)));
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
        Classification classification = circumstances.classify(event);
        boolean mendable = event.getReproduction().isPresent() && FaultTaxonomy.isMendable(classification);
        if (mendable && circumstances.permission(event, policy.get(), now) instanceof Permission.Granted granted) {
            String why =
                    "reproduced by " + event.getReproduction().orElseThrow().getSelector();
            HealingCase opened = HealingCase.newBuilder(idle)
                    .setClassification(classification)
                    .setMode(granted.mode())
                    .build();
            return attempts.request(opened, policy.get(), Optional.empty(), now, why, event.getEventId());
        }
        return Decision.of(idle);
    }

    /**
     * A policy published just before the error may still be on its way here. One that was withdrawn may come back, and then
     * the rest after the last case still counts: that case stays the newest.
     */
    private Decision awaitPolicy(Optional<HealingCase> previous, ErrorSeen seen, Instant now) {
        boolean said = previous.filter(last -> last.getState() == CaseState.OBSERVED
                        || last.getState() == CaseState.ABSTAINED
                        || CaseHistory.rests(last))
                .isPresent();
        if (said) {
            return Decision.unchanged(previous);
        }
        HealingCase observed = HealingCase.newBuilder(opened(previous, seen.event(), now))
                .setDeadline(now.plus(policyGrace))
                .build();
        return Decision.of(observed, new CaseOutput.CaseChanged(observed));
    }

    /**
     * A person wants another case for the group; trigger, cool-down, kind of fault and quarantine do not count, and past a
     * FORCE no breaker either. What cannot start now waits for the group's next error.
     */
    Decision onDemand(Optional<HealingCase> previous, ReviewDecision review, Instant now, String cause) {
        String why = Reviews.said(review.getDecision().name(), review);
        Optional<ErrorEvent> sample = previous.flatMap(HealingCase::getEvent);
        Optional<HealingPolicy> policy = sample.flatMap(event -> circumstances.policy(event.getService()));
        if (policy.isEmpty()) {
            String lack = sample.isEmpty() ? "waits for an error" : "waits for a policy and an error";
            return ordered(previous, review, CaseState.OBSERVED, now, why + "; " + lack, cause);
        }
        ErrorEvent event = sample.orElseThrow();
        Permission permission = circumstances.permission(event, policy.get(), now);
        if (permission instanceof Permission.Refused refused
                && review.getDecision() != dev.selfheal.event.Decision.FORCE) {
            return ordered(previous, review, CaseState.SUPPRESSED, now, why + "; " + refused.reason(), cause);
        }
        HealingCase opened = HealingCase.newBuilder(opened(previous, event, now))
                .setClassification(circumstances.classify(event))
                .setMode(OpeningRule.mode(permission))
                .build();
        return attempts.request(opened, policy.get(), Optional.empty(), now, why, cause);
    }

    /** Remembers what a person wants of the next error, in a case of its own unless one is waiting like this already. */
    Decision ordered(
            Optional<HealingCase> previous,
            ReviewDecision review,
            CaseState state,
            Instant now,
            String why,
            String cause) {
        HealingCase waiting = previous.filter(last -> last.getState() == state)
                .orElseGet(() -> blank(previous, review.getGroup(), now));
        HealingCase ordered = HealingCase.newBuilder(
                        CaseHistory.moved(waiting, state, Optional.empty(), now, why, cause))
                .setStanding(review.getDecision())
                .build();
        return HealingCases.moved(ordered);
    }

    private HealingCase blank(Optional<HealingCase> previous, String group, Instant now) {
        String service = previous.map(HealingCase::getService)
                .or(() -> circumstances.pastErrors(group).map(PastErrors::service))
                .orElse("");
        return HealingCase.newBuilder()
                .setCaseId(CaseIds.caseId(
                        group, now, previous.map(HealingCase::getCaseId).orElse("")))
                .setGroup(group)
                .setService(service)
                .setState(CaseState.OBSERVED)
                .setOpenedAt(now)
                .setUpdatedAt(now)
                .setEvent(previous.flatMap(HealingCase::getEvent).orElse(null))
                .build();
    }

    /** A case that ends where it begins; said once, not again with every error. */
    private Decision end(
            Optional<HealingCase> previous,
            ErrorSeen seen,
            Instant now,
            CaseState state,
            Classification classification,
            String reason) {
        boolean said = previous.filter(last -> last.getState() == state)
                .flatMap(HealingCase::getClassification)
                .filter(known -> known.getFaultClass() == classification.getFaultClass())
                .isPresent();
        if (said) {
            return Decision.unchanged(previous);
        }
        HealingCase opened = HealingCase.newBuilder(opened(previous, seen.event(), now))
                .setClassification(classification)
                .build();
        return HealingCases.moved(CaseHistory.moved(opened, state, Optional.empty(), now, reason, seen.cause()));
    }

    /** The case that this error is the sample of: one that has been waiting for it, or a new one. */
    private HealingCase opened(Optional<HealingCase> previous, ErrorEvent event, Instant now) {
        HealingCase waiting = previous.filter(last -> last.getState() == CaseState.OBSERVED)
                .orElseGet(() -> blank(previous, event.getGroup(), now));
        return HealingCase.newBuilder(waiting)
                .setService(event.getService())
                .setEvent(event)
                .clearDeadline()
                .clearStanding()
                .build();
    }
}
