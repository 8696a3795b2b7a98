package dev.selfheal.validation;

import dev.selfheal.event.CheckResult;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** What the validation worker counts and times. */
final class ValidationMeters {

    private final MeterRegistry registry;

    ValidationMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void decided(PatchVerdict verdict) {
        Meters.VALIDATION_VERDICTS
                .timer(registry, verdict.getVerdict().name())
                .record(Duration.ofMillis(verdict.getDurationMs()));
        for (CheckResult check : verdict.getChecks()) {
            Meters.VALIDATION_CHECKS
                    .timer(registry, check.getName(), check.getOutcome().name())
                    .record(Duration.ofMillis(check.getDurationMs()));
        }
        verdict.getRefuted()
                .forEach(refuted -> Meters.VALIDATION_REFUTED
                        .counter(registry, refuted.getCheck())
                        .increment());
    }

    void expired() {
        Meters.VALIDATION_EXPIRED.counter(registry).increment();
    }

    void incident(String rule) {
        Meters.VALIDATION_INCIDENTS.counter(registry, rule).increment();
    }
}
