package dev.selfheal.patch.model;

import dev.selfheal.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What is measured about models. */
final class ModelMeters {

    private final MeterRegistry registry;
    private final Clock clock;

    ModelMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Counts a call, retries and calls held back included. */
    void called(RouteSettings route, Instant begun, Optional<ModelError> error) {
        String outcome =
                error.map(kind -> kebab(kind.getClass().getSimpleName())).orElse("answered");
        Meters.MODEL_CALLS.timer(registry, route.name(), outcome).record(Duration.between(begun, clock.instant()));
    }

    void billed(RouteSettings route, TokenUsage usage) {
        tokens(route, "input", usage.input() - usage.cachedInput());
        tokens(route, "cached", usage.cachedInput());
        tokens(route, "output", usage.output());
        Meters.MODEL_COST
                .counter(registry, route.name())
                .increment(route.price().of(usage));
    }

    private void tokens(RouteSettings route, String direction, long count) {
        Meters.MODEL_TOKENS.counter(registry, route.name(), direction).increment((double) count);
    }

    /** {@code RateLimited} becomes {@code rate-limited}. */
    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
