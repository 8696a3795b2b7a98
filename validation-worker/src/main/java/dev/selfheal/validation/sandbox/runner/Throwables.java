package dev.selfheal.validation.sandbox.runner;

import java.util.regex.Pattern;

/** Reads exceptions of untrusted code, whose methods may themselves throw. */
final class Throwables {

    private static final int MAX_MESSAGE_CHARS = 8 << 10;
    private static final int MAX_STACK_TRACE_CHARS = 64 << 10;
    private static final int MAX_CAUSES = 50;
    /** Everything {@code String.lines} or a reader may take for the end of a line. */
    private static final Pattern LINE_BREAKS = Pattern.compile("\\R|[\\x00-\\x1f]");

    private Throwables() {}

    static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : clip(message, MAX_MESSAGE_CHARS);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return "(its message cannot be read: " + e.getClass().getName() + ")";
        }
    }

    /**
     * As {@code printStackTrace} prints it, but from the classes and frames themselves and each message on one line: neither
     * a message nor a {@code toString} of the project's can write a cause or a frame that is not there. Suppressed
     * exceptions are left out.
     */
    static String stackTrace(Throwable thrown) {
        try {
            StringBuilder text = new StringBuilder();
            Throwable next = thrown;
            for (int depth = 0; next != null && depth < MAX_CAUSES && text.length() < MAX_STACK_TRACE_CHARS; depth++) {
                String message = LINE_BREAKS.matcher(message(next)).replaceAll(" ");
                text.append(depth == 0 ? "" : "Caused by: ")
                        .append(next.getClass().getName());
                text.append(message.isEmpty() ? "" : ": " + message).append('\n');
                for (StackTraceElement frame : next.getStackTrace()) {
                    text.append("\tat ").append(frame).append('\n');
                }
                next = next.getCause();
            }
            return clip(text.toString(), MAX_STACK_TRACE_CHARS);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return "(its stack trace cannot be read: " + e.getClass().getName() + ")";
        }
    }

    static String describe(Throwable thrown) {
        return thrown.getClass().getName() + ": " + message(thrown) + System.lineSeparator() + stackTrace(thrown);
    }

    private static String clip(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars);
    }
}
