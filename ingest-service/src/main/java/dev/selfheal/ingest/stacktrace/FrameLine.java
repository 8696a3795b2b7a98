package dev.selfheal.ingest.stacktrace;

import dev.selfheal.event.StackFrame;
import java.util.Optional;

/**
 * One {@code at …} line of a Java stack trace, in every form {@link StackTraceElement#toString()} and the common logging
 * back ends write it.
 */
final class FrameLine {

    /** {@link StackTraceElement} marks a native method with this line number. */
    private static final int NATIVE = -2;

    private FrameLine() {}

    /**
     * The frame, or empty when the line is none. Class loader and module ({@code app//}, {@code java.base@17/}) are cut
     * off: they differ between runs of the same code. The suffix of a hidden class ({@code $$Lambda/0x…}) stays.
     */
    static Optional<StackFrame> parse(String line) {
        String text = line.strip();
        if (!text.startsWith("at ")) {
            return Optional.empty();
        }
        int open = text.lastIndexOf('(');
        int close = text.indexOf(')', open + 1);
        if (open < 0 || close < 0) {
            return Optional.empty();
        }
        String call = JavaNames.withoutLoaderAndModule(text.substring(3, open).strip());
        int dot = call.lastIndexOf('.');
        if (dot <= 0 || dot == call.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(frame(call.substring(0, dot), call.substring(dot + 1), text.substring(open + 1, close)));
    }

    private static StackFrame frame(String module, String function, String location) {
        if (location.equals("Native Method")) {
            return new StackFrame(module, function, null, NATIVE, false);
        }
        if (location.equals("Unknown Source") || location.startsWith("<") || location.isBlank()) {
            return new StackFrame(module, function, null, LineNumber.UNKNOWN, false);
        }
        int colon = location.lastIndexOf(':');
        if (colon <= 0) {
            return new StackFrame(module, function, location, LineNumber.UNKNOWN, false);
        }
        return new StackFrame(
                module, function, location.substring(0, colon), LineNumber.parse(location.substring(colon + 1)), false);
    }
}
