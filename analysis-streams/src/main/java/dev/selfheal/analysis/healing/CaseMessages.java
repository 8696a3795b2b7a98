package dev.selfheal.analysis.healing;

import dev.selfheal.analysis.message.Cause;
import dev.selfheal.event.Alert;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.RollbackCommand;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The envelopes of what one input caused. */
final class CaseMessages {

    private final Cause cause;
    private final Headers inputHeaders;

    CaseMessages(CaseInput input, Headers headers) {
        cause = Cause.of(headers).orElse(input.cause());
        inputHeaders = headers;
    }

    Headers headersOf(CaseOutput output, Instant at) {
        if (output instanceof CaseOutput.Requested requested) {
            HealingRequest request = requested.request();
            return cause.headers(
                    request, request.getCaseId(), Optional.of(request.getCaseId()), request.getAttempt(), at);
        }
        if (output instanceof CaseOutput.CaseChanged changed) {
            HealingCase changedCase = changed.healingCase();
            Optional<String> caseId = Optional.of(changedCase.getCaseId());
            return cause.headers(changedCase, changedCase.getCaseId(), caseId, changedCase.getAttempt(), at);
        }
        if (output instanceof CaseOutput.Raised raised) {
            Alert alert = raised.alert();
            String subject = alert.getName() + ":" + alert.getSubject();
            return cause.headers(alert, subject, Optional.of(alert.getSubject()), 0, at);
        }
        if (output instanceof CaseOutput.WatchChanged changed) {
            // What removes a key is no message: it has no envelope.
            return changed.watch()
                    .map(watch -> cause.headers(watch, watch.getCaseId(), Optional.of(watch.getCaseId()), 0, at))
                    .orElseGet(RecordHeaders::new);
        }
        if (output instanceof CaseOutput.RollbackWanted wanted) {
            RollbackCommand command = wanted.command();
            return cause.headers(command, command.getCaseId(), Optional.of(command.getCaseId()), 0, at);
        }
        return inputHeaders;
    }
}
