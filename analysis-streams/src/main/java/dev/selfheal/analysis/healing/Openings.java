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
import dev.selfheal.event.TriggerPolicy;
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
        if (policy.isEmpty()) {
            return previous.filter(last -> last.getState() == CaseState.ABSTAINED)
                    .map(last -> Decision.unchanged(previous))
                    .orElseGet(() -> awaitPolicy(previous, seen, now));
        }
        Classification classification = circumstances.classify(event);
        if (!FaultTaxonomy.isMendable(classification)) {
            return abstain(previous, seen, now, "not a code fault: " + FaultTaxonomy.describe(classification));
        }
        if (!isTriggered(policy.get().getTrigger(), seen) || coolsDown(previous, policy.get(), now)) {
            return Decision.unchanged(previous);
        }
        if (circumstances.permission(event, policy.get(), now) instanceof Permission.Refused refused) {
            return end(previous, seen, now, CaseState.SUPPRESSED, refused.reason());
        }
        HealingCase opened = open(previous, event, now);
        return attempts.request(
                opened, policy.get(), Optional.of(seen.trend()), now, describe(seen, policy.get()), seen.cause());
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
                ? attempts.request(idle, policy.get(), Optional.empty(), now, reproducedBy(event), event.getEventId())
                : Decision.of(idle);
    }

    /** A policy published just before the error may still be on its way here. */
    private Decision awaitPolicy(Optional<HealingCase> previous, ErrorSeen seen, Instant now) {
        if (previous.filter(last -> last.getState() == CaseState.OBSERVED).isPresent()) {
            return Decision.unchanged(previous);
        }
        HealingCase observed = HealingCase.newBuilder(open(previous, seen.event(), now))
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
        HealingCase opened = open(Optional.of(previous), event.get(), now);
        boolean refused = circumstances.permission(event.get(), policy.get(), now) instanceof Permission.Refused;
        if (refused && !pastBreakers) {
            return Decision.unchanged(Optional.of(previous));
        }
        String why = review.getDecision() + " by " + review.getReviewer() + ": " + review.getComment();
        return attempts.request(opened, policy.get(), Optional.empty(), now, why, cause);
    }

    private Decision abstain(Optional<HealingCase> previous, ErrorSeen seen, Instant now, String reason) {
        return end(previous, seen, now, CaseState.ABSTAINED, reason);
    }

    /** A case that ends where it begins; said once, not again with every error. */
    private Decision end(Optional<HealingCase> previous, ErrorSeen seen, Instant now, CaseState state, String reason) {
        if (previous.filter(last -> last.getState() == state).isPresent()) {
            return Decision.unchanged(previous);
        }
        HealingCase ended = CaseHistory.moved(
                open(previous, seen.event(), now), state, Optional.empty(), now, reason, seen.cause());
        return Decision.of(ended, new CaseOutput.CaseChanged(CaseHistory.published(ended)));
    }

    private static boolean isTriggered(TriggerPolicy trigger, ErrorSeen seen) {
        return seen.event().getReproduction().isPresent() || countInWindow(trigger, seen) >= trigger.getMinEvents();
    }

    private static long countInWindow(TriggerPolicy trigger, ErrorSeen seen) {
        long minute =
                Duration.between(Instant.EPOCH, seen.trend().getWindowStart()).toMinutes();
        return seen.recent().last(minute, trigger.getWindowMinutes());
    }

    /** After a case that led to nothing good, or is out in production, the group rests. */
    private static boolean coolsDown(Optional<HealingCase> previous, HealingPolicy policy, Instant now) {
        return previous.filter(last -> switch (last.getState()) {
                    case EXHAUSTED, ROLLED_BACK, REGRESSED, DEPLOYED, HEALED -> true;
                    default -> false;
                })
                .filter(last -> now.isBefore(
                        last.getUpdatedAt().plusMillis(policy.getBudget().getCooldownMs())))
                .isPresent();
    }

    private static HealingCase open(Optional<HealingCase> previous, ErrorEvent event, Instant now) {
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

    private static String describe(ErrorSeen seen, HealingPolicy policy) {
        return seen.event().getReproduction().isPresent()
                ? reproducedBy(seen.event())
                : countInWindow(policy.getTrigger(), seen) + " errors in "
                        + policy.getTrigger().getWindowMinutes() + " minutes";
    }

    private static String reproducedBy(ErrorEvent event) {
        return "reproduced by " + event.getReproduction().orElseThrow().getSelector();
    }
}
