package dev.selfheal.patch.model;

import dev.selfheal.patch.model.ModelError.Health;
import dev.selfheal.patch.model.RouteState.Position;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The circuit breaker of one key, and the place where a key without credit or rights is parked. Tells every change of
 * position. Thread-safe.
 */
final class KeyBreaker {

    /** How far the pause before a probe is stretched at most, so that several workers do not probe together. */
    private static final double STRETCH = 0.5;

    private final String name;
    private final RouteSettings route;
    private final Clock clock;
    private final RandomGenerator random;
    private final Consumer<RouteState> listener;
    private final CircuitBreaker breaker;
    private volatile RouteState state;
    private volatile Instant parkedUntil = Instant.MIN;

    KeyBreaker(String name, RouteSettings route, Clock clock, RandomGenerator random, Consumer<RouteState> listener) {
        this.name = name;
        this.route = route;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
        this.state = new RouteState(name, Position.CLOSED, clock.instant(), 0, 0, 0, Optional.empty(), "started");
        this.breaker = CircuitBreaker.of(name, settings(route.breaker()));
        this.breaker.getEventPublisher().onStateTransition(event -> moved(event.getStateTransition()));
    }

    private CircuitBreakerConfig settings(BreakerSettings settings) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(settings.minimumCalls())
                .failureRateThreshold(settings.failurePercent())
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(trip -> stretched(settings.pause(trip)))
                .clock(clock)
                .recordException(failure -> health(failure) == Health.ILL)
                .ignoreException(failure -> health(failure) == Health.UNKNOWN)
                .build();
    }

    private long stretched(Duration pause) {
        return (long) (pause.toMillis() * (1 + STRETCH * random.nextDouble()));
    }

    /** A failure that is no answer of a provider says nothing about it. */
    private static Health health(Throwable failure) {
        return ModelException.errorOf(failure).map(ModelError::health).orElse(Health.UNKNOWN);
    }

    /** Must be followed by one of {@link #succeeded}, {@link #failed} and {@link #withdrawn} when it answers true. */
    boolean tryEnter() {
        return !isParked() && breaker.tryAcquirePermission();
    }

    void succeeded(Duration took) {
        breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
        if (state.position() == Position.OPEN && breaker.getState() == CircuitBreaker.State.CLOSED) {
            publish(new RouteState(
                    name, Position.CLOSED, clock.instant(), 1, 0, 0, Optional.empty(), "the parked key works again"));
        }
    }

    void failed(Duration took, Throwable failure) {
        breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, failure);
    }

    /** The caller lost interest before there was an outcome. */
    void withdrawn() {
        breaker.releasePermission();
    }

    /** Takes the key out of use for the configured time. */
    void park(String reason) {
        Instant now = clock.instant();
        parkedUntil = now.plus(route.parkFor());
        publish(new RouteState(name, Position.OPEN, now, 0, 0, state.trips(), Optional.of(parkedUntil), reason));
    }

    boolean isParked() {
        return clock.instant().isBefore(parkedUntil);
    }

    /** True when a call now would be turned away; may be outdated a moment later. */
    boolean isOpen() {
        return isParked()
                || (breaker.getState() == CircuitBreaker.State.OPEN
                        && !untilProbe().isZero());
    }

    /** Until a call may be let through again; zero when one may now. */
    Duration untilProbe() {
        Instant now = clock.instant();
        return state.probeAt()
                .filter(at -> at.isAfter(now))
                .map(at -> Duration.between(now, at))
                .orElse(Duration.ZERO);
    }

    RouteState state() {
        return state;
    }

    private void moved(StateTransition transition) {
        Instant now = clock.instant();
        CircuitBreaker.Metrics counts = breaker.getMetrics();
        Position position = position(transition.getToState());
        int trips = position == Position.OPEN ? state.trips() + 1 : position == Position.CLOSED ? 0 : state.trips();
        // The breaker draws its own stretch; the shortest pause is the promise that can be kept.
        Optional<Instant> probeAt =
                position == Position.OPEN ? Optional.of(now.plus(route.breaker().pause(trips))) : Optional.empty();
        publish(new RouteState(
                name,
                position,
                now,
                counts.getNumberOfSuccessfulCalls(),
                counts.getNumberOfFailedCalls(),
                trips,
                probeAt,
                transition.getFromState() + " to " + transition.getToState()));
    }

    private static Position position(CircuitBreaker.State state) {
        return switch (state) {
            case OPEN, FORCED_OPEN -> Position.OPEN;
            case HALF_OPEN -> Position.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> Position.CLOSED;
        };
    }

    private void publish(RouteState next) {
        state = next;
        listener.accept(next);
    }
}
