package dev.selfheal.analysis.healing;

import dev.selfheal.envelope.Envelope;
import dev.selfheal.envelope.EnvelopeHeaders;
import dev.selfheal.event.Alert;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The envelopes of what one input caused: ids follow from the cause, so a replay gives the same messages. */
final class CaseMessages {

    private static final String SOURCE = "/selfheal/analysis-streams";

    private final String cause;
    private final Optional<String> traceparent;

    CaseMessages(CaseInput input, Headers headers) {
        cause = text(headers, EnvelopeHeaders.ID).orElseGet(input::cause);
        traceparent = text(headers, EnvelopeHeaders.CE_TRACEPARENT).or(() -> text(headers, EnvelopeHeaders.TRACEPARENT));
    }

    Headers headersOf(CaseOutput output, Instant at) {
        if (output instanceof CaseOutput.Requested requested) {
            HealingRequest request = requested.request();
            return headers(request, request.getCaseId(), request.getCaseId(), request.getAttempt(), at);
        }
        if (output instanceof CaseOutput.CaseChanged changed) {
            HealingCase healingCase = changed.healingCase();
            return headers(
                    healingCase, healingCase.getCaseId(), healingCase.getCaseId(), healingCase.getAttempt(), at);
        }
        if (output instanceof CaseOutput.Raised raised) {
            Alert alert = raised.alert();
            return headers(alert, alert.getName() + ":" + alert.getSubject(), alert.getSubject(), 0, at);
        }
        return new RecordHeaders();
    }

    private Headers headers(SpecificRecord data, String subject, String caseId, int attempt, Instant at) {
        String kind = data.getSchema().getName();
        String id = CaseIds.derived(cause, kind, subject, Integer.toString(attempt), at.toString());
        return EnvelopeHeaders.of(new Envelope<>(
                id,
                SOURCE,
                subject,
                at,
                traceparent,
                Optional.of(caseId),
                Optional.of(cause),
                attempt,
                data));
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .filter(value -> !value.isBlank());
    }
}
