package dev.selfheal.junit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One failing test as the intake's JSON. Pure but for the clock and the id of this JVM. */
final class FailureEvent {

    /** The intake takes events of a mebibyte; a character may take six bytes as JSON. */
    private static final int MAX_TRACE = 150_000;

    /** A test that fails again in this JVM has the id that it had, so that it is counted once. */
    private static final UUID JVM = UUID.randomUUID();

    private FailureEvent() {}

    /** One line without its end. */
    static String json(Settings settings, Optional<String> selector, Throwable failure) {
        StringBuilder json = new StringBuilder("{");
        field(json, "service", settings.service()).append(',');
        field(json, "platform", "java").append(',');
        field(json, "environment", "test").append(',');
        field(json, "severity", "medium").append(',');
        field(json, "occurredAt", Instant.now().toString()).append(',');
        settings.commit().ifPresent(commit -> field(json, "commit", commit).append(','));
        selector.ifPresent(test -> {
            field(json, "eventId", eventId(test, failure)).append(',');
            json.append("\"reproduction\":{");
            field(json, "selector", test).append(',');
            field(json, "module", settings.module()).append("},");
        });
        return field(json, "stacktrace", trace(failure)).append('}').toString();
    }

    private static String eventId(String selector, Throwable failure) {
        String failed =
                String.join(" ", JVM.toString(), selector, failure.getClass().getName());
        return UUID.nameUUIDFromBytes(failed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** A failure of somebody's own class may fail to print itself. */
    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        try {
            failure.printStackTrace(new PrintWriter(text, true));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            text.append(failure.getClass().getName()).append(": its stack trace cannot be printed: ");
            text.append(e.getClass().getName());
        }
        return text.getBuffer()
                .substring(0, Math.min(MAX_TRACE, text.getBuffer().length()));
    }

    private static StringBuilder field(StringBuilder json, String name, String value) {
        json.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                // A lone surrogate, as when a pair was cut, has no UTF-8.
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
