package dev.selfheal.analysis.classification;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.ServiceTrend;
import dev.selfheal.event.StackFrame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An error, and what else its service throws just now.
 *
 * @param service empty when nothing is known of the service as a whole
 */
record Situation(ErrorEvent event, Optional<ServiceTrend> service) {

    /** Characters of a message that are looked at. */
    private static final int MESSAGE_LIMIT = 2000;

    /** Time after which what the service did says nothing about the error any more. */
    private static final Duration FRESH = Duration.ofMinutes(15);

    /** Leaves out what is known of the service when it is old. */
    static Situation of(ErrorEvent event, Optional<ServiceTrend> service) {
        return new Situation(
                event,
                service.filter(trend ->
                        event.getOccurredAt().isBefore(trend.getWindowEnd().plus(FRESH))));
    }

    /** The exception that started it all; empty for an error that names none. */
    Optional<ExceptionInfo> root() {
        List<ExceptionInfo> chain = event.getExceptions();
        return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
    }

    /** The frame that threw the root cause. */
    Optional<StackFrame> thrower() {
        return root().flatMap(root -> root.getFrames().stream().findFirst());
    }

    /** Frames of all exceptions of the chain. */
    List<StackFrame> frames() {
        return event.getExceptions().stream()
                .flatMap(exception -> exception.getFrames().stream())
                .toList();
    }

    /** The innermost exception in which something is found. */
    Optional<Signal.Match> deepest(Function<ExceptionInfo, Optional<String>> finder) {
        List<ExceptionInfo> chain = event.getExceptions();
        for (int i = chain.size() - 1; i >= 0; i--) {
            Optional<String> found = finder.apply(chain.get(i));
            if (found.isPresent()) {
                return Optional.of(new Signal.Match(i == chain.size() - 1 ? 1 : Signal.WRAPPER, found.get()));
            }
        }
        return Optional.empty();
    }

    static String messageOf(ExceptionInfo exception) {
        String message = exception.getMessage().orElse("");
        return message.length() <= MESSAGE_LIMIT ? message : message.substring(0, MESSAGE_LIMIT);
    }
}
