package dev.selfheal.analysis.breaker;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.Severity;
import java.util.List;

/**
 * What a request is about, as far as breakers tell requests apart.
 *
 * @param errorType fully qualified type of the root cause; empty when unknown
 */
public record Subject(String group, String service, String errorType, Severity severity) {

    public static Subject of(ErrorEvent event) {
        List<ExceptionInfo> chain = event.getExceptions();
        String rootCause = chain.isEmpty() ? "" : chain.get(chain.size() - 1).getType();
        return new Subject(event.getGroup(), event.getService(), rootCause, event.getSeverity());
    }

    /** Travels on the urgent lane. */
    public boolean isUrgent() {
        return severity == Severity.CRITICAL || severity == Severity.HIGH;
    }
}
