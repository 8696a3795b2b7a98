package dev.selfheal.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Severity;
import dev.selfheal.event.StackFrame;
import dev.selfheal.ingest.draft.CommitId;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.ServiceName;
import dev.selfheal.ingest.grouping.OwnFrames;
import dev.selfheal.ingest.project.Project;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One record with an exception to one draft. Pure. */
final class TelemetryDraft {

    private static final int MAX_TAGS = 64;
    private static final int MAX_TAG_NAME = 128;
    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");
    /** What an SDK sends that was not told its service's name. */
    private static final String UNKNOWN_SERVICE = "unknown_service";

    private TelemetryDraft() {}

    static ErrorEventDraft of(TelemetryRecord record, Project project) {
        Sender sender = record.sender();
        String platform = Platforms.of(sender, record.attributes().getOrDefault(TelemetryRecord.STACKTRACE, ""));
        List<ExceptionInfo> chain = RecordedExceptions.of(record.attributes(), platform);
        Optional<String> traceId =
                Optional.of(record.traceId()).filter(id -> TRACE_ID.matcher(id).matches());
        Optional<String> release = shortText(sender, Sender.RELEASE);
        String service = service(sender, project);
        return new ErrorEventDraft(
                service,
                eventId(record, service, traceId, chain.get(chain.size() - 1)),
                shortText(sender, Sender.ENVIRONMENT)
                        .or(() -> shortText(sender, Sender.OLD_ENVIRONMENT))
                        .orElse(""),
                release,
                commit(sender, release),
                platform,
                severity(record.severity()),
                record.time().map(time -> time.truncatedTo(ChronoUnit.MILLIS)),
                IntakeProtocol.OTLP,
                chain,
                tags(record),
                traceId,
                Optional.empty(),
                List.of(),
                false);
    }

    private static String service(Sender sender, Project project) {
        Optional<String> sent = Optional.ofNullable(sender.attributes().get(Sender.SERVICE))
                .filter(name -> !name.isBlank() && !name.startsWith(UNKNOWN_SERVICE));
        return project.serviceOf(sent)
                .flatMap(ServiceName::normalised)
                .or(() -> project.serviceOf(Optional.empty()))
                .orElse(UNKNOWN_SERVICE);
    }

    /**
     * The same for the same failure: within a trace by the root cause's type, message and place, else by everything that is
     * known of it, to the nanosecond. Empty when not even its time is: two failures must not become one.
     */
    private static Optional<String> eventId(
            TelemetryRecord record, String service, Optional<String> traceId, ExceptionInfo cause) {
        String message = cause.getMessage().orElse("");
        if (traceId.isPresent()) {
            return Optional.of(id(service, traceId.get(), cause.getType(), place(cause.getFrames()), message));
        }
        return record.time()
                .map(time -> id(
                        service,
                        time.toString(),
                        cause.getType(),
                        words(cause.getFrames()),
                        message,
                        record.sender().digest()));
    }

    /**
     * From where it was thrown to the first frame of the service's own code: a library's method is called from many places.
     * Not further: printed as the cause of another exception, the frames that both have are left out.
     */
    private static String place(List<StackFrame> frames) {
        return words(frames.subList(0, OwnFrames.throughFirstOwn(frames)));
    }

    private static String words(List<StackFrame> frames) {
        return frames.stream()
                .map(frame -> frame.getModule() + "." + frame.getFunction() + ":" + frame.getLine())
                .collect(Collectors.joining("\n"));
    }

    private static String id(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("\0", parts).getBytes(UTF_8)).toString();
    }

    private static Optional<String> commit(Sender sender, Optional<String> release) {
        return Optional.ofNullable(sender.attributes().get(Sender.COMMIT))
                .filter(id -> COMMIT.matcher(id).matches())
                .map(id -> id.toLowerCase(Locale.ROOT))
                .or(() -> CommitId.in(release));
    }

    /** As for Sentry's levels: only what ended the process is worth the urgent lane. Four numbers to each name. */
    private static Severity severity(int number) {
        if (number > 24 || number < 1) {
            return Severity.UNKNOWN;
        }
        if (number > 20) {
            return Severity.CRITICAL;
        }
        return number > 16 ? Severity.MEDIUM : Severity.LOW;
    }

    /** The record's own attributes, and the host: others of the resource describe every error of the service alike. */
    private static Map<String, String> tags(TelemetryRecord record) {
        Map<String, String> tags = new LinkedHashMap<>();
        Optional.ofNullable(record.sender().attributes().get(Sender.HOST))
                .ifPresent(host -> put(tags, "server_name", host));
        record.attributes().forEach((name, value) -> {
            if (!name.startsWith("exception.")) {
                put(tags, name, value);
            }
        });
        return tags;
    }

    private static void put(Map<String, String> tags, String name, String value) {
        if (!name.isBlank() && name.length() <= MAX_TAG_NAME && tags.size() < MAX_TAGS) {
            tags.put(name, ContractBounds.beforeScrubbing(value, ContractBounds.MAX_TAG_VALUE));
        }
    }

    private static Optional<String> shortText(Sender sender, String name) {
        return Optional.ofNullable(sender.attributes().get(name))
                .filter(text -> !text.isBlank())
                .map(text -> ContractBounds.beforeScrubbing(text, ContractBounds.MAX_SHORT_TEXT));
    }
}
