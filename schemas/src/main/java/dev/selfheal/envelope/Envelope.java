package dev.selfheal.envelope;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/**
 * One message of the loop: CloudEvents attributes and the typed record. Immutable.
 *
 * @param id unique per message within {@code source}
 * @param source who produced it, a URI reference, for example {@code /selfheal/patch-worker}
 * @param subject the record key
 * @param time when it was produced
 * @param traceparent W3C trace context of the work this belongs to
 * @param correlationId the healing case; empty before there is one
 * @param causationId id of the message that caused this one; empty for the first
 * @param attempt the case's attempt, from 1; 0 where there is none
 * @param data the record
 */
public record Envelope<T extends SpecificRecord>(
        String id,
        String source,
        String subject,
        Instant time,
        Optional<String> traceparent,
        Optional<String> correlationId,
        Optional<String> causationId,
        int attempt,
        T data) {

    public Envelope {
        requireText(id, "id");
        requireText(source, "source");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(traceparent, "traceparent");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(causationId, "causationId");
        Objects.requireNonNull(data, "data");
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt is " + attempt + ", must not be negative");
        }
    }

    /** A first message, caused by nothing inside the loop. */
    public static <T extends SpecificRecord> Envelope<T> first(String source, String subject, Instant time, T data) {
        return new Envelope<>(
                UUID.randomUUID().toString(),
                source,
                subject,
                time,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                data);
    }

    /** The answer to this message: same trace, caused by it, about the given case and attempt. */
    public <R extends SpecificRecord> Envelope<R> answer(
            String answerSource, String answerSubject, Instant now, String caseId, int caseAttempt, R answer) {
        return new Envelope<>(
                UUID.randomUUID().toString(),
                answerSource,
                answerSubject,
                now,
                traceparent,
                Optional.of(caseId),
                Optional.of(id),
                caseAttempt,
                answer);
    }

    /** CloudEvents {@code type}: {@code dev.selfheal.} and the record's name, for example {@code dev.selfheal.ErrorEvent}. */
    public String type() {
        return "dev.selfheal." + data.getSchema().getName();
    }

    private static void requireText(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("envelope " + what + " is blank");
        }
    }
}
