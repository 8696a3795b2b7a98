package dev.selfheal.validation.verdict;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.Isolation;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import dev.selfheal.validation.check.ReproductionEvidence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rule that turns one candidate's evidence into a decision. Pure. */
public final class DecisionRule {

    private DecisionRule() {}

    /**
     * @param isolation what the candidate's code really ran in
     * @param confidence calibrated, 0..1
     */
    public static Decision decide(Tried tried, Isolation isolation, AutonomyPolicy policy, double confidence) {
        if (tried.ending().isPresent()) {
            CheckResult ending = tried.ending().get();
            String reason = ending.getName() + ": " + ending.getSummary();
            return ending.getOutcome() == CheckOutcome.SKIPPED
                    ? new Decision.NeedsReview(reason)
                    : new Decision.Rejected(reason);
        }
        return doubt(tried, isolation, policy, confidence)
                .<Decision>map(Decision.NeedsReview::new)
                .orElseGet(() -> new Decision.Approved(String.format(
                        Locale.ROOT,
                        "the reproduction fails before and passes after, %d affected test(s) keep their result, confidence %.2f",
                        tried.trial().tests().run(),
                        confidence)));
    }

    /** The first reason why a person has to look; empty when there is none. */
    private static Optional<String> doubt(Tried tried, Isolation isolation, AutonomyPolicy policy, double confidence) {
        ReproductionEvidence reproduction = tried.trial().reproduction();
        if (reproduction.selector().isEmpty()) {
            return Optional.of("nothing refutes it, but without a reproduction nothing proves it");
        }
        if (!reproduction.proves()) {
            return Optional.of("nothing refutes it, but the error could not be reproduced on the base");
        }
        if (isolation.compareTo(policy.getMinimumIsolation()) < 0) {
            return Optional.of("it was proven in isolation " + isolation + ", the policy wants at least "
                    + policy.getMinimumIsolation());
        }
        List<String> warnings = warnings(tried);
        if (!warnings.isEmpty()) {
            return Optional.of("it is proven, but a reviewer should see: " + warnings.get(0));
        }
        if (confidence < policy.getMinimumConfidence()) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "it is proven, but confidence %.2f is below the policy's %.2f",
                    confidence,
                    policy.getMinimumConfidence()));
        }
        return Optional.empty();
    }

    private static List<String> warnings(Tried tried) {
        return tried.results().stream()
                .flatMap(result -> result.getFindings().stream())
                .filter(finding -> finding.getLevel() != FindingLevel.NOTE)
                .map(finding -> finding.getRuleId() + " " + finding.getMessage())
                .toList();
    }
}
