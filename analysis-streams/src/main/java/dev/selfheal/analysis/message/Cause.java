package dev.selfheal.analysis.message;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.envelope.EnvelopeHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The message that is being answered.
 *
 * @param id its {@code ce_id}; empty when time caused it
 * @param traceparent the trace it belongs to
 */
public record Cause(Optional<String> id, Optional<String> traceparent) {

    private static final String SOURCE = "/selfheal/analysis-streams";

    /** Reads what a consumed record's headers say. */
    public static Cause of(Headers headers) {
        return new Cause(
                text(headers, EnvelopeHeaders.ID),
                text(headers, EnvelopeHeaders.CE_TRACEPARENT).or(() -> text(headers, EnvelopeHeaders.TRACEPARENT)));
    }

    /** The same, named by the body where the headers name nothing. */
    public Cause orElse(String bodyId) {
        return new Cause(id.or(() -> Optional.of(bodyId)), traceparent);
    }

    /**
     * The headers of an answer to it.
     *
     * @param subject the answer's key
     * @param caseId the healing case it is about; empty for none
     * @param attempt 0 where there is none
     */
    public Headers headers(SpecificRecord answer, String subject, Optional<String> caseId, int attempt, Instant at) {
        String kind = answer.getSchema().getName();
        String answerId = DerivedId.of(id.orElse(""), kind, subject, Integer.toString(attempt), at.toString());
        return EnvelopeHeaders.of(
                new Envelope<>(answerId, SOURCE, subject, at, traceparent, caseId, id, attempt, answer));
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .filter(value -> !value.isBlank());
    }
}
