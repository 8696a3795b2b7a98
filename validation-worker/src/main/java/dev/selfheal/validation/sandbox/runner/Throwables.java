package dev.selfheal.validation.sandbox.runner;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Reads exceptions of untrusted code, whose methods may themselves throw. */
final class Throwables {

    private static final int MAX_MESSAGE_CHARS = 8 << 10;
    private static final int MAX_STACK_TRACE_CHARS = 64 << 10;

    private Throwables() {}

    static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : clip(message, MAX_MESSAGE_CHARS);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return "(its message cannot be read: " + e.getClass().getName() + ")";
        }
    }

    static String stackTrace(Throwable thrown) {
        try {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
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
