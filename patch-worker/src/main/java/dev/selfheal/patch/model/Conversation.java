package dev.selfheal.patch.model;

import dev.selfheal.patch.model.RetryRule.Progress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One question until it is answered or no key is left to ask: retries on a key, then falls back to the next. Each step
 * runs after the one before it has completed, so its fields need no lock.
 */
final class Conversation {

    /** Ready keys first, then the least loaded in relation to its weight, then the least used. */
    private static final Comparator<RouteSlot> BEST_FIRST = Comparator.comparing(RouteSlot::isOpen)
            .thenComparingDouble(RouteSlot::load)
            .thenComparingDouble(RouteSlot::served);

    private final List<RouteSlot> untried;
    private final ModelRequest question;
    private final ReplyCheck check;
    private final Instant deadline;
    private final Clock clock;
    private final RandomGenerator random;
    private final ScheduledExecutorService timer;
    private final ModelMeters meters;
    private final Map<String, Bill> bills = new LinkedHashMap<>();
    private final CompletableFuture<ModelOutcome> outcome = new CompletableFuture<>();
    private Optional<ModelError> worst = Optional.empty();

    Conversation(
            List<RouteSlot> slots,
            ModelRequest question,
            ReplyCheck check,
            Instant deadline,
            Clock clock,
            RandomGenerator random,
            ScheduledExecutorService timer,
            ModelMeters meters) {
        this.untried = new ArrayList<>(slots);
        this.question = question;
        this.check = check;
        this.deadline = deadline;
        this.clock = clock;
        this.random = random;
        this.timer = timer;
        this.meters = meters;
    }

    /** Completes with the outcome; cancelling it ends the call under way and every later one. */
    CompletableFuture<ModelOutcome> begin() {
        fallBack();
        return outcome;
    }

    private void fallBack() {
        Optional<RouteSlot> next = untried.stream().min(BEST_FIRST);
        if (next.isPresent() && clock.instant().isBefore(deadline)) {
            untried.remove(next.get());
            ask(next.get(), question.withAtMost(next.get().route().maxTokens()), Progress.START);
        } else {
            ModelError error =
                    worst.orElseGet(() -> new ModelError.HeldBack(Optional.empty(), "no route could be asked in time"));
            outcome.complete(new ModelOutcome.Failed(error, List.copyOf(bills.values())));
        }
    }

    private void ask(RouteSlot slot, ModelRequest request, Progress progress) {
        if (outcome.isDone()) {
            return;
        }
        Instant begun = clock.instant();
        CompletableFuture<ModelReply> call = slot.call(request);
        Callbacks.onCompletion(outcome, (ignored, failure) -> call.cancel(true));
        Callbacks.onCompletion(call, (reply, failure) -> {
            try {
                Heard heard = heard(reply, failure);
                meters.called(slot.route(), begun, heard.error());
                step(slot, request, progress.called(), heard);
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
    }

    /** A call's end: its text or its error, and what was billed. */
    private record Heard(String text, TokenUsage usage, Optional<ModelError> error) {}

    private Heard heard(ModelReply reply, Throwable failure) {
        if (failure != null) {
            ModelError error = ModelException.errorOf(failure)
                    .orElseThrow(() -> new IllegalStateException("a model call failed in an unforeseen way", failure));
            return new Heard("", error.usage(), Optional.of(error));
        }
        return new Heard(
                reply.text(),
                reply.usage(),
                check.complaint(reply.text())
                        .map(complaint -> new ModelError.Malformed(reply.usage(), reply.text(), complaint)));
    }

    private void step(RouteSlot slot, ModelRequest request, Progress progress, Heard heard) {
        RouteSettings route = slot.route();
        if (heard.error().isEmpty() || !heard.error().get().neverSent()) {
            bills.put(
                    route.name(),
                    bills.getOrDefault(route.name(), Bill.none(route)).plus(heard.usage(), route.price()));
            meters.billed(route, heard.usage());
        }
        if (heard.error().isEmpty()) {
            outcome.complete(new ModelOutcome.Answered(
                    route.name(), route.settings().model(), heard.text(), List.copyOf(bills.values())));
            return;
        }
        ModelError error = heard.error().get();
        NextStep next = route.retry().next(error, request, progress, clock.instant(), deadline, random);
        if (next instanceof NextStep.Again again) {
            ScheduledFuture<?> turn = timer.schedule(
                    () -> ask(slot, request, progress.after(next, error)),
                    again.pause().toMillis(),
                    TimeUnit.MILLISECONDS);
            Callbacks.onCompletion(outcome, (ignored, failure) -> turn.cancel(false));
        } else if (next instanceof NextStep.Changed changed) {
            ask(slot, changed.request(), progress.after(next, error));
        } else {
            giveUpOn(slot, error);
        }
    }

    private void giveUpOn(RouteSlot slot, ModelError error) {
        if (worst.isEmpty() || worst.get().neverSent()) {
            worst = Optional.of(error);
        }
        if (error.sameForWholeRoute()) {
            untried.removeIf(other -> other.route().name().equals(slot.route().name()));
        }
        fallBack();
    }
}
