package dev.selfheal.patch.prompt;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.util.List;

/** An error as Java prints it, bounded: long messages and deep traces say no more than their beginning. */
final class ErrorText {

    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_FRAMES = 30;
    private static final int MAX_EXCEPTIONS = 5;

    private ErrorText() {}

    static String of(ErrorEvent event) {
        StringBuilder text = new StringBuilder();
        List<ExceptionInfo> chain = event.getExceptions();
        // The root cause stands last and matters most.
        int from = Math.max(0, chain.size() - MAX_EXCEPTIONS);
        for (int i = from; i < chain.size(); i++) {
            text.append(i == from ? "" : "Caused by: ");
            describe(chain.get(i), text);
        }
        return text.toString().stripTrailing();
    }

    private static void describe(ExceptionInfo exception, StringBuilder text) {
        text.append(exception.getType());
        exception.getMessage().ifPresent(message -> text.append(": ").append(shortened(message)));
        text.append('\n');
        List<StackFrame> frames = exception.getFrames();
        frames.stream()
                .limit(MAX_FRAMES)
                .forEach(frame -> text.append("    at ")
                        .append(frame.getModule())
                        .append('.')
                        .append(frame.getFunction())
                        .append('(')
                        .append(frame.getFile().orElse("Unknown Source"))
                        .append(frame.getLine() > 0 ? ":" + frame.getLine() : "")
                        .append(")\n"));
        if (frames.size() > MAX_FRAMES) {
            text.append("    ... ").append(frames.size() - MAX_FRAMES).append(" more\n");
        }
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "… (cut)";
    }
}
