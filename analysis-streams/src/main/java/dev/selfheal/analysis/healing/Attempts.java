package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.breaker.Outcome;
import dev.selfheal.analysis.breaker.Permission;
import dev.selfheal.analysis.message.DerivedId;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.Classification;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ErrorTrend;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.Lane;
import dev.selfheal.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts the attempts of a case, one after the other, and ends it when there is no further one. */
final class Attempts {

    private final Circumstances circumstances;

    Attempts(Circumstances circumstances) {
        this.circumstances = circumstances;
    }

    /** Sends the next attempt out. */
    Decision request(
            HealingCase before,
            HealingPolicy policy,
            Optional<ErrorTrend> trend,
            Instant now,
            String why,
            String cause) {
        Instant deadline = now.plusMillis(policy.getBudget().getStepTimeoutMs());
        int attempt = before.getAttempt() + 1;
        ErrorEvent event = before.getEvent().orElseThrow();
        HealingCase requested = HealingCase.newBuilder(
                        CaseHistory.moved(before, CaseState.REQUESTED, Optional.of(deadline), now, why, cause))
                .setAttempt(attempt)
                .setLane(before.getPredicted() ? Lane.NORMAL : lane(event))
                .build();
        String errorType =
                requested.getClassification().map(Classification::getErrorType).orElse("");
        HealingRequest request = HealingRequest.newBuilder()
                .setCaseId(requested.getCaseId())
                .setGroup(requested.getGroup())
                .setService(requested.getService())
                .setAttempt(attempt)
                .setMaxAttempts(policy.getBudget().getMaxAttempts())
                .setLane(requested.getLane())
                .setPredicted(requested.getPredicted())
                .setRequestedAt(now)
                .setDeadline(deadline)
                .setEvent(event)
                .setTrend(trend.orElse(null))
                .setFeedback(requested.getFeedback())
                .setRefutedPatches(requested.getRefutedPatches())
                .setProviders(circumstances.providers(policy, errorType))
                .setMode(requested.getMode())
                .setClassification(requested.getClassification().orElse(null))
                .build();
        return Decision.of(
                requested,
                new CaseOutput.CaseChanged(requested),
                new CaseOutput.Requested(request),
                counted(requested, Outcome.REQUESTED));
    }

    /** This attempt came to nothing: the next one, or the end. */
    Decision nextOrEnd(HealingCase failed, Instant now, String why, String cause) {
        HealingCase rejected = CaseHistory.moved(failed, CaseState.REJECTED, Optional.empty(), now, why, cause);
        return obstacle(failed, now)
                .map(obstacle -> exhausted(rejected, now, obstacle + "; " + why, cause))
                .orElseGet(() -> next(rejected, now, "", cause));
    }

    /** Why there can be no further attempt; empty when there can. */
    Optional<String> obstacle(HealingCase healingCase, Instant now) {
        Optional<HealingPolicy> policy = circumstances.policy(healingCase.getService());
        if (policy.isEmpty()) {
            return Optional.of("the policy was withdrawn");
        }
        int limit = policy.get().getBudget().getMaxAttempts();
        if (healingCase.getAttempt() >= limit) {
            return Optional.of(healingCase.getAttempt() + " of " + limit + " attempts used");
        }
        return circumstances.budget(policy.get(), now) instanceof Permission.Refused refused
                ? Optional.of(refused.reason())
                : Optional.empty();
    }

    /**
     * The further attempt that no {@link #obstacle} is in the way of.
     *
     * @param why what speaks for it; empty when that is told already
     */
    Decision next(HealingCase before, Instant now, String why, String cause) {
        HealingPolicy policy = circumstances.policy(before.getService()).orElseThrow();
        HealingCase next = HealingCase.newBuilder(before)
                .setMode(OpeningRule.mode(circumstances.budget(policy, now)))
                .build();
        String attempt = "attempt " + (before.getAttempt() + 1) + " of "
                + policy.getBudget().getMaxAttempts();
        String reason = why.isEmpty() ? attempt : why + ": " + attempt;
        return request(next, policy, Optional.empty(), now, reason, cause);
    }

    /** The healer has failed; the breakers hear of it. */
    Decision exhausted(HealingCase before, Instant now, String why, String cause) {
        HealingCase ended = CaseHistory.moved(before, CaseState.EXHAUSTED, Optional.empty(), now, why, cause);
        return Decision.of(
                ended,
                new CaseOutput.CaseChanged(CaseHistory.published(ended)),
                counted(ended, Outcome.FAILED),
                alert(ended, "HealingExhausted", AlertLevel.WARNING, why));
    }

    /** Whether the policy's attempts go that far. */
    boolean allows(HealingCase healingCase, int attempt) {
        return circumstances
                .policy(healingCase.getService())
                .filter(policy -> attempt <= policy.getBudget().getMaxAttempts())
                .isPresent();
    }

    /** How long a worker may take; none when the policy is gone, so that the case ends at once. */
    Duration stepTimeout(HealingCase healingCase) {
        return circumstances
                .policy(healingCase.getService())
                .map(policy -> Duration.ofMillis(policy.getBudget().getStepTimeoutMs()))
                .orElse(Duration.ZERO);
    }

    static CaseOutput counted(HealingCase healingCase, Outcome outcome) {
        return new CaseOutput.Counted(CaseSubject.of(healingCase), outcome, CaseSubject.requestedAt(healingCase));
    }

    static CaseOutput alert(HealingCase healingCase, String name, AlertLevel level, String message) {
        String told = healingCase.getService() + ": " + message;
        return alert(healingCase.getCaseId(), name, level, told, healingCase.getUpdatedAt());
    }

    static CaseOutput alert(String subject, String name, AlertLevel level, String message, Instant at) {
        return new CaseOutput.Raised(Alert.newBuilder()
                .setAlertId(DerivedId.of(subject, name, at.toString()))
                .setName(name)
                .setLevel(level)
                .setSubject(subject)
                .setMessage(message)
                .setAt(at)
                .build());
    }

    private static Lane lane(ErrorEvent event) {
        boolean urgent = event.getSeverity() == Severity.CRITICAL || event.getSeverity() == Severity.HIGH;
        return urgent ? Lane.URGENT : Lane.NORMAL;
    }
}
