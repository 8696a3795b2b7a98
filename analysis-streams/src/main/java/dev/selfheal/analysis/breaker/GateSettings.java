package dev.selfheal.analysis.breaker;

import java.time.Duration;

/**
 * What the gate goes by.
 *
 * @param wide of scopes that many services share
 * @param service of single services; a regression puts them under review
 * @param group of single groups, which have few outcomes
 * @param partitions of the analysis
 */
public record GateSettings(
        BreakerSettings wide, BreakerSettings service, BreakerSettings group, LoadSettings load, int partitions) {

    Duration pace() {
        return wide.pauses().probePace();
    }

    Sensitivity sensitivity(ScopeKey scope) {
        return of(scope).sensitivity();
    }

    BreakerSettings of(ScopeKey scope) {
        return switch (scope.scope()) {
            case GROUP -> group;
            case SERVICE -> service;
            default -> wide;
        };
    }
}
