package dev.selfheal.analysis.breaker;

import dev.selfheal.analysis.message.DerivedId;
import dev.selfheal.event.Alert;
import dev.selfheal.event.AlertLevel;
import dev.selfheal.event.BreakerPosition;
import dev.selfheal.event.BreakerState;
import java.time.Instant;
import java.util.Optional;

/** What people are told of a breaker: each opening and each closing once. */
final class BreakerAlerts {

    private BreakerAlerts() {}

    static Optional<Alert> of(ScopeKey scope, BreakerPosition before, BreakerState after, Instant at) {
        if (before == after.getPosition()) {
            return Optional.empty();
        }
        return switch (after.getPosition()) {
            case OPEN ->
                Optional.of(alert(
                        "BreakerOpened",
                        AlertLevel.WARNING,
                        scope,
                        "healing pauses until "
                                + after.getProbeAt().map(Instant::toString).orElse("told otherwise") + ": "
                                + after.getReason(),
                        at));
            case CLOSED -> Optional.of(alert("BreakerClosed", AlertLevel.INFO, scope, "healing goes on", at));
            case HALF_OPEN, UNKNOWN -> Optional.empty();
        };
    }

    private static Alert alert(String name, AlertLevel level, ScopeKey scope, String message, Instant at) {
        return Alert.newBuilder()
                .setAlertId(DerivedId.of(name, scope.toString(), at.toString()))
                .setName(name)
                .setLevel(level)
                .setSubject(scope.toString())
                .setMessage(message)
                .setAt(at)
                .build();
    }
}
