package dev.selfheal.patch.model;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What is measured about models. {@code selfheal.model.calls} (timer; route, outcome), {@code selfheal.model.tokens}
 * (route, direction), {@code selfheal.model.cost.usd} (route).
 */
final class ModelMeters {

    private final MeterRegistry registry;
    private final Clock clock;

    ModelMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Counts a call, retries and calls held back included. */
    void called(RouteSettings route, Instant begun, Optional<ModelError> error) {
        String outcome = error.map(kind -> kebab(kind.getClass().getSimpleName())).orElse("answered");
        Timer.builder("selfheal.model.calls")
                .description("Calls to models, by outcome")
                .tag("route", route.name())
                .tag("outcome", outcome)
                .register(registry)
                .record(Duration.between(begun, clock.instant()));
    }

    void billed(RouteSettings route, TokenUsage usage) {
        tokens(route, "input", usage.input() - usage.cachedInput());
        tokens(route, "cached", usage.cachedInput());
        tokens(route, "output", usage.output());
        Counter.builder("selfheal.model.cost.usd")
                .description("Cost of calls to models by the configured prices, US dollars")
                .tag("route", route.name())
                .register(registry)
                .increment(route.price().of(usage));
    }

    private void tokens(RouteSettings route, String direction, long count) {
        Counter.builder("selfheal.model.tokens")
                .description("Tokens billed by models")
                .tag("route", route.name())
                .tag("direction", direction)
                .register(registry)
                .increment(count);
    }

    /** {@code RateLimited} becomes {@code rate-limited}. */
    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
