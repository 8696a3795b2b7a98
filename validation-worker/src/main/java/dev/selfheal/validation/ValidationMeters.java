package dev.selfheal.validation;

import dev.selfheal.event.CheckResult;
import dev.selfheal.event.PatchVerdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** What the validation worker counts and times. */
final class ValidationMeters {

    /** Proposal in to verdict out, by verdict. */
    static final String VERDICTS = "selfheal.validation.verdict";

    /** One check on the candidate a verdict is about, by check and outcome. */
    static final String CHECKS = "selfheal.validation.check";

    /** Candidates refuted, by the check that refuted them. */
    static final String REFUTED = "selfheal.validation.refuted";

    /** Security incidents, by rule. */
    static final String INCIDENTS = "selfheal.validation.incidents";

    /** Proposals without a verdict because it would have come too late. */
    static final String EXPIRED = "selfheal.validation.expired";

    private final MeterRegistry registry;

    ValidationMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void decided(PatchVerdict verdict) {
        registry.timer(VERDICTS, "verdict", verdict.getVerdict().name())
                .record(Duration.ofMillis(verdict.getDurationMs()));
        for (CheckResult check : verdict.getChecks()) {
            registry.timer(
                            CHECKS,
                            "check",
                            check.getName(),
                            "outcome",
                            check.getOutcome().name())
                    .record(Duration.ofMillis(check.getDurationMs()));
        }
        verdict.getRefuted()
                .forEach(refuted ->
                        registry.counter(REFUTED, "check", refuted.getCheck()).increment());
    }

    void expired() {
        registry.counter(EXPIRED).increment();
    }

    void incident(String rule) {
        registry.counter(INCIDENTS, "rule", rule).increment();
    }
}
