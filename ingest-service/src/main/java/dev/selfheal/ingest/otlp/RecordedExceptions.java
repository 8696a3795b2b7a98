package dev.selfheal.ingest.otlp;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.stacktrace.StackTraceParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chain behind {@code exception.type}, {@code .message} and {@code .stacktrace}. Pure. */
final class RecordedExceptions {

    private static final int MAX_NAME = 1_024;

    private RecordedExceptions() {}

    /**
     * The stack trace as far as it can be read; without one, an exception without frames.
     *
     * @param platform tells who printed the stack trace
     */
    static List<ExceptionInfo> of(Map<String, String> attributes, String platform) {
        Optional<String> type = text(attributes, TelemetryRecord.TYPE).map(name -> ContractBounds.cut(name, MAX_NAME));
        Optional<String> message = text(attributes, TelemetryRecord.MESSAGE);
        List<ExceptionInfo> chain = text(attributes, TelemetryRecord.STACKTRACE)
                .flatMap(trace -> StackTraceParser.of(platform).map(parser -> parser.parse(trace)))
                .orElse(List.of());
        if (chain.isEmpty()) {
            return List.of(new ExceptionInfo(type.orElse("Error"), message.orElse(null), List.of()));
        }
        return platform.equals("go") || chain.get(0).getMessage().isEmpty() ? described(chain, type, message) : chain;
    }

    /** Go's stacks and Firefox's hold no header: what failed stands in the attributes alone. */
    private static List<ExceptionInfo> described(
            List<ExceptionInfo> chain, Optional<String> type, Optional<String> message) {
        ExceptionInfo outermost = chain.get(0);
        List<ExceptionInfo> described = new ArrayList<>(chain);
        described.set(
                0,
                new ExceptionInfo(
                        type.orElse(outermost.getType()),
                        message.or(outermost::getMessage).orElse(null),
                        outermost.getFrames()));
        return described;
    }

    private static Optional<String> text(Map<String, String> attributes, String name) {
        return Optional.ofNullable(attributes.get(name)).filter(text -> !text.isBlank());
    }
}
