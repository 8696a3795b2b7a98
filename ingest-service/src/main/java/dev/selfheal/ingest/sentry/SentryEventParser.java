package dev.selfheal.ingest.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.ingest.draft.CommitId;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.json.Fields;
import dev.selfheal.ingest.json.Fingerprint;
import dev.selfheal.ingest.json.JsonTree;
import dev.selfheal.ingest.json.TimestampField;
import dev.selfheal.ingest.project.Project;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One Sentry event to one draft. Strict about the exceptions, which are the error; what merely describes it is cut to the
 * contract or left out. Thread-safe.
 */
public final class SentryEventParser {

    private static final int MAX_SHORT_TEXT = ContractBounds.MAX_SHORT_TEXT;
    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-fA-F]{32}");

    private final Limits limits;
    private final JsonTree trees;

    public SentryEventParser(Limits limits) {
        this.limits = limits;
        this.trees = new JsonTree(limits);
    }

    /**
     * @param project that the sender's key is of
     * @param path the project as it stands in the request's path
     * @param envelopeId the id in the envelope's header, for events that carry none
     * @return empty when the event tells of no exception
     */
    public Optional<ErrorEventDraft> parse(
            byte[] utf8, EnvelopeItem item, Project project, String path, Optional<String> envelopeId)
            throws InvalidEventException {
        if (item.length() > limits.eventBytes()) {
            throw InvalidEventException.tooLarge(
                    "", "the event has " + item.length() + " bytes; at most " + limits.eventBytes() + " are allowed");
        }
        Fields event = new Fields(trees.read(utf8, item.offset(), item.length()), "");
        Optional<String> eventId = SentryText.eventId(event).or(() -> envelopeId);
        String platform = platform(event);
        SentryFrames frames = new SentryFrames(limits, platform);
        List<ExceptionInfo> exceptions = new SentryExceptions(frames).read(event);
        if (exceptions.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> tags = SentryTags.read(event);
        Optional<String> release = SentryText.unscrubbed(event, "release", MAX_SHORT_TEXT);
        return Optional.of(new ErrorEventDraft(
                SentryService.of(project, path, Optional.ofNullable(tags.get("service")), release),
                eventId,
                SentryText.unscrubbed(event, "environment", MAX_SHORT_TEXT).orElse(""),
                release,
                CommitId.in(release),
                platform,
                severity(event),
                occurredAt(event),
                IntakeProtocol.SENTRY,
                exceptions,
                tags,
                traceId(event),
                Optional.empty(),
                Fingerprint.lenient(event),
                frames.markedBySender()));
    }

    private static String platform(Fields event) {
        String sent = SentryText.lenient(event, "platform", MAX_SHORT_TEXT).orElse("");
        return switch (sent.toLowerCase(Locale.ROOT)) {
            case "java", "python", "go", "csharp" -> sent.toLowerCase(Locale.ROOT);
            case "javascript", "node" -> "javascript";
            default -> "other";
        };
    }

    /** Sentry's default level is error; only what killed a thread is worth the urgent lane. */
    private static Severity severity(Fields event) {
        String level = SentryText.lenient(event, "level", MAX_SHORT_TEXT).orElse("error");
        return switch (level.toLowerCase(Locale.ROOT)) {
            case "fatal" -> Severity.CRITICAL;
            case "error" -> Severity.MEDIUM;
            case "warning", "info", "debug" -> Severity.LOW;
            default -> Severity.UNKNOWN;
        };
    }

    private static Optional<Instant> occurredAt(Fields event) {
        try {
            return TimestampField.read(event, "timestamp");
        } catch (InvalidEventException e) {
            // The time of receipt stands in for it: an odd clock must not cost the error.
            return Optional.empty();
        }
    }

    private static Optional<String> traceId(Fields event) {
        Optional<JsonNode> id =
                event.any("contexts").map(contexts -> contexts.path("trace").path("trace_id"));
        return SentryText.lenient(id, MAX_SHORT_TEXT)
                .filter(text -> TRACE_ID.matcher(text).matches())
                .map(text -> text.toLowerCase(Locale.ROOT));
    }
}
