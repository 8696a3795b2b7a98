package dev.selfheal.patch.model;

import dev.selfheal.patch.model.Spending.Hold;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One key of one route with everything that guards a single call: breaker, pacing, bulkhead, deadline, budget.
 * Resilience4j's decorators for futures are not used, because they lose cancellation. Thread-safe.
 */
final class RouteSlot {

    private final String name;
    private final RouteSettings route;
    private final ModelClient client;
    private final KeyBreaker breaker;
    private final Pacing pacing;
    private final Bulkhead bulkhead;
    private final Spending spending;
    private final ScheduledExecutorService timer;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final AtomicLong calls = new AtomicLong();

    RouteSlot(
            String name,
            RouteSettings route,
            ModelClient client,
            KeyBreaker breaker,
            Pacing pacing,
            Spending spending,
            ScheduledExecutorService timer) {
        this.name = name;
        this.route = route;
        this.client = client;
        this.breaker = breaker;
        this.pacing = pacing;
        this.spending = spending;
        this.timer = timer;
        this.bulkhead = Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(route.limits().inFlight())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    String name() {
        return name;
    }

    RouteSettings route() {
        return route;
    }

    RouteState state() {
        return breaker.state();
    }

    boolean isOpen() {
        return breaker.isOpen();
    }

    /** Calls under way or waiting for their turn, in relation to the route's share of the load. */
    double load() {
        return (double) outstanding.get() / route.weight();
    }

    /** All calls so far, in relation to the route's share of the load. */
    double served() {
        return (double) calls.get() / route.weight();
    }

    /**
     * Asks once, within all limits. Fails with {@link ModelException}; cancelling closes the connection of the call.
     */
    CompletableFuture<ModelReply> call(ModelRequest request) {
        if (!breaker.tryEnter()) {
            return CompletableFuture.failedFuture(new ModelException(
                    heldBack(breaker.untilProbe(), breaker.state().reason())));
        }
        CompletableFuture<ModelReply> reply = new CompletableFuture<>();
        outstanding.incrementAndGet();
        calls.incrementAndGet();
        long begun = System.nanoTime();
        // The caller hears of the outcome only after the breaker has: its next step may depend on it.
        CompletableFuture<ModelReply> learned = reply.whenComplete((ignored, failure) -> {
            outstanding.decrementAndGet();
            learn(Duration.ofNanos(System.nanoTime() - begun), failure, reply.isCancelled());
        });
        Callbacks.onCompletion(learned, (ignored, failure) -> reply.cancel(true));
        pace(request, reply);
        return learned;
    }

    private void pace(ModelRequest request, CompletableFuture<ModelReply> reply) {
        Optional<Duration> wait = pacing.reserve();
        if (wait.isEmpty()) {
            reply.completeExceptionally(
                    new ModelException(heldBack(pacing.remainingPause(), "its pace allows no call soon enough")));
        } else if (wait.get().toMillis() == 0) {
            send(request, reply);
        } else {
            ScheduledFuture<?> turn =
                    timer.schedule(() -> send(request, reply), wait.get().toMillis(), TimeUnit.MILLISECONDS);
            Callbacks.onCompletion(reply, (ignored, failure) -> turn.cancel(false));
        }
    }

    private void send(ModelRequest request, CompletableFuture<ModelReply> reply) {
        if (reply.isDone()) {
            return;
        }
        if (!bulkhead.tryAcquirePermission()) {
            reply.completeExceptionally(new ModelException(
                    heldBack(Duration.ZERO, "all " + route.limits().inFlight() + " calls in flight are taken")));
            return;
        }
        Optional<Hold> hold = spending.hold(request.estimate());
        if (hold.isEmpty()) {
            bulkhead.releasePermission();
            reply.completeExceptionally(new ModelException(new ModelError.OutOfBudget(spending.describe())));
            return;
        }
        CompletableFuture<ModelReply> exchange = begin(request);
        limitTime(exchange, reply);
        Callbacks.onCompletion(exchange, (answer, failure) -> {
            bulkhead.onComplete();
            settle(hold.get(), request, answer, failure);
            if (failure == null) {
                reply.complete(answer);
            } else {
                reply.completeExceptionally(ModelException.causeOf(failure));
            }
        });
    }

    /** A client that throws instead of failing its future must not leave the call hanging. */
    private CompletableFuture<ModelReply> begin(ModelRequest request) {
        try {
            return client.send(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** One deadline over the whole call: the timeout of {@code HttpRequest} does not cover a body that stalls. */
    private void limitTime(CompletableFuture<ModelReply> exchange, CompletableFuture<ModelReply> reply) {
        Duration deadline = route.limits().deadline();
        ScheduledFuture<?> alarm = timer.schedule(
                () -> reply.completeExceptionally(new ModelException(new ModelError.TimedOut(deadline))),
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
        Callbacks.onCompletion(reply, (ignored, failure) -> {
            alarm.cancel(false);
            exchange.cancel(true);
        });
    }

    /** A call that broke off may be billed all the same, so its estimate stays spent. */
    private static void settle(Hold hold, ModelRequest request, ModelReply answer, Throwable failure) {
        if (answer != null) {
            hold.settle(answer.usage());
            return;
        }
        Optional<ModelError> error = ModelException.errorOf(failure);
        boolean brokenOff = error.isEmpty()
                || error.get() instanceof ModelError.Network
                || error.get() instanceof ModelError.BrokenAnswer;
        hold.settle(brokenOff ? request.estimate() : error.get().usage());
    }

    private void learn(Duration took, Throwable failure, boolean cancelled) {
        if (cancelled) {
            breaker.withdrawn();
            return;
        }
        if (failure == null) {
            breaker.succeeded(took);
            return;
        }
        breaker.failed(took, failure);
        ModelException.errorOf(failure).ifPresent(error -> {
            error.retryAfter()
                    .filter(asked -> !(error instanceof ModelError.HeldBack))
                    .ifPresent(pacing::pauseFor);
            if (error.parksKey()) {
                breaker.park(error.detail());
            }
        });
    }

    private ModelError heldBack(Duration until, String why) {
        return new ModelError.HeldBack(Optional.of(until), name + ": " + why);
    }
}
