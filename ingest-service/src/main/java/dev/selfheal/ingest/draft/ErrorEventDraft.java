package dev.selfheal.ingest.draft;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One error as a protocol delivered it: well-formed and within the limits, not yet scrubbed, not yet grouped. Immutable;
 * the Avro records inside must not be changed.
 *
 * @param service name of the service that threw
 * @param eventId the sender's id; empty when the intake has to make one
 * @param environment deployment environment; empty when unknown
 * @param release release of the service as it names it
 * @param commit full git commit id of the failing code
 * @param platform {@code java}, {@code python}, {@code javascript}, {@code go}, {@code csharp} or {@code other}
 * @param occurredAt when the service threw, by its own clock
 * @param exceptions the chain, outermost first, root cause last; never empty
 * @param traceId W3C trace id, 32 lower-case hex digits
 * @param fingerprint what the sender groups by; empty for the default
 * @param markedBySender whether the sender itself told which frames are its own; else what is marked was read off their paths
 */
public record ErrorEventDraft(
        String service,
        Optional<String> eventId,
        String environment,
        Optional<String> release,
        Optional<String> commit,
        String platform,
        Severity severity,
        Optional<Instant> occurredAt,
        IntakeProtocol protocol,
        List<ExceptionInfo> exceptions,
        Map<String, String> tags,
        Optional<String> traceId,
        Optional<Reproduction> reproduction,
        List<String> fingerprint,
        boolean markedBySender) {

    public ErrorEventDraft {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(reproduction, "reproduction");
        exceptions = List.copyOf(exceptions);
        tags = Map.copyOf(tags);
        fingerprint = List.copyOf(fingerprint);
        if (service.isBlank()) {
            throw new IllegalArgumentException("service is blank");
        }
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("exceptions is empty; an error has at least one");
        }
    }

    /** A Java error of a service with nothing else known about it. */
    public static ErrorEventDraft of(String service, List<ExceptionInfo> exceptions) {
        return new ErrorEventDraft(
                service,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                "java",
                Severity.UNKNOWN,
                Optional.empty(),
                IntakeProtocol.UNKNOWN,
                exceptions,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
    }

    /** The exception at the bottom of the chain: the one that was thrown first. */
    public ExceptionInfo rootCause() {
        return exceptions.get(exceptions.size() - 1);
    }

    public ErrorEventDraft withExceptions(List<ExceptionInfo> replacement) {
        return new ErrorEventDraft(
                service,
                eventId,
                environment,
                release,
                commit,
                platform,
                severity,
                occurredAt,
                protocol,
                replacement,
                tags,
                traceId,
                reproduction,
                fingerprint,
                markedBySender);
    }
}
