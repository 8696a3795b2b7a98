package dev.selfheal.ingest.otlp;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A log record or an event of a span, whichever encoding it came in.
 *
 * @param attributes its own; scalar values as text, others left out
 * @param traceId lower-case hex digits as sent; empty when it belongs to no trace
 * @param time when it happened, as exactly as it was sent
 * @param severity OpenTelemetry's severity number; 0 when there is none
 */
record TelemetryRecord(
        Sender sender, Map<String, String> attributes, String traceId, Optional<Instant> time, int severity) {

    static final String TYPE = "exception.type";
    static final String MESSAGE = "exception.message";
    static final String STACKTRACE = "exception.stacktrace";

    /** Whether it tells of an exception: the semantic conventions ask for its type or its message. */
    boolean isException() {
        return attributes.containsKey(TYPE) || attributes.containsKey(MESSAGE) || attributes.containsKey(STACKTRACE);
    }
}
