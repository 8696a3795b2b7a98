package dev.selfheal.bench.analysis;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.event.StackFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Error events as a busy system sends them, about 1 KB each, the same ones for the same numbers.
 *
 * @param events how many
 * @param groupOf the group of the i-th event
 * @param start event time of the first
 * @param spacing event time between two
 */
record ErrorLoad(int events, IntUnaryOperator groupOf, Instant start, Duration spacing) {

    static final int SERVICES = 20;

    private static final List<StackFrame> FRAMES = IntStream.range(0, 14)
            .mapToObj(i -> new StackFrame(
                    "org.example.shop.cart.CartService", "priceOf" + i, "CartService.java", 40 + i, true))
            .toList();
    private static final List<ExceptionInfo> CHAIN =
            List.of(new ExceptionInfo("java.lang.NullPointerException", "item is null", FRAMES));

    static String service(int number) {
        return "service-" + number;
    }

    ErrorEvent event(int i) {
        int group = groupOf.applyAsInt(i);
        Instant at = start.plus(spacing.multipliedBy(i));
        return ErrorEvent.newBuilder()
                .setEventId("018f2b7c-7f3e-7000-8000-%012x".formatted(i))
                .setGroup("v1:%032x".formatted(group))
                .setService(service(group % SERVICES))
                .setRelease("2.4.1")
                .setSeverity(Severity.MEDIUM)
                .setOccurredAt(at)
                .setReceivedAt(at)
                .setProtocol(IntakeProtocol.JSON)
                .setExceptions(CHAIN)
                .build();
    }
}
