package dev.selfheal.ingest.json;

import static dev.selfheal.ingest.draft.InvalidEventException.invalid;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.Severity;
import dev.selfheal.ingest.draft.ContractBounds;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.draft.ServiceName;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.ingest.stacktrace.TraceLanguage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One JSON object to one draft. The format is described in {@code docs/intake.md} and {@code docs/openapi.json}.
 * Thread-safe.
 */
public final class JsonEventParser {

    private static final Pattern EVENT_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern COMMIT = Pattern.compile("(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})");
    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-fA-F]{32}");
    private static final Pattern SELECTOR =
            Pattern.compile("[\\w$]{1,200}(?:\\.[\\w$]{1,200}){0,40}(?:#[^\\s#/\\\\]{1,200})?");
    private static final Pattern MODULE = Pattern.compile("(?:(?!\\.\\.?(?:/|$))[\\w.@+-]{1,100}(?:/(?!$)|$)){0,20}");
    private static final Set<String> PLATFORMS = Set.of("java", "python", "javascript", "go", "csharp", "other");
    private static final Set<String> SEVERITIES = Arrays.stream(Severity.values())
            .map(severity -> lower(severity.name()))
            .collect(Collectors.toUnmodifiableSet());
    private static final int MAX_SHORT_TEXT = ContractBounds.MAX_SHORT_TEXT;

    private final Limits limits;
    private final JsonTree trees;

    public JsonEventParser(Limits limits) {
        this.limits = limits;
        this.trees = new JsonTree(limits);
    }

    /** True when these bytes hold exactly one JSON value, whatever it means. */
    public boolean isOneValue(byte[] utf8, int offset, int length) {
        try {
            return !trees.read(utf8, offset, length).isMissingNode();
        } catch (InvalidEventException e) {
            return false;
        }
    }

    /** For a sender of no particular project. */
    public ParsedEvent parse(byte[] utf8, int offset, int length) throws InvalidEventException {
        return parse(utf8, offset, length, Project.OPEN);
    }

    /**
     * @param project that the sender's key is of
     */
    public ParsedEvent parse(byte[] utf8, int offset, int length, Project project) throws InvalidEventException {
        if (length > limits.eventBytes()) {
            throw InvalidEventException.tooLarge(
                    "", "the event has " + length + " bytes; at most " + limits.eventBytes() + " are allowed");
        }
        Fields event = new Fields(trees.read(utf8, offset, length), "");
        Remarks remarks = new Remarks();
        ErrorEventDraft draft = read(event, project, remarks);
        remarks.ignored(event.unread());
        return remarks.with(draft);
    }

    private ErrorEventDraft read(Fields event, Project project, Remarks remarks) throws InvalidEventException {
        String service = service(event, project);
        Optional<String> trace = event.text("stacktrace", Integer.MAX_VALUE);
        String platform = choice(event, "platform", PLATFORMS)
                .or(() -> trace.map(TraceLanguage::of))
                .orElse("java");
        List<ExceptionInfo> exceptions = new ExceptionFields(limits, platform, remarks).read(event);
        return new ErrorEventDraft(
                service,
                event.text("eventId", EVENT_ID, "1 to 128 printable ASCII characters without spaces"),
                event.text("environment", MAX_SHORT_TEXT).orElse(""),
                event.text("release", MAX_SHORT_TEXT),
                event.text("commit", COMMIT, "a full git commit id, 40 or 64 hex digits")
                        .map(JsonEventParser::lower),
                platform,
                severity(event),
                TimestampField.read(event, "occurredAt"),
                IntakeProtocol.JSON,
                exceptions,
                TagFields.read(event, "tags"),
                event.text("traceId", TRACE_ID, "a W3C trace id, 32 hex digits, not all zero")
                        .map(JsonEventParser::lower),
                reproduction(event, remarks),
                Fingerprint.strict(event),
                trace.isEmpty());
    }

    /** As the project maps it, else in the contract's form. */
    private static String service(Fields event, Project project) throws InvalidEventException {
        Optional<String> sent = event.text("service", MAX_SHORT_TEXT);
        String name = project.serviceOf(sent).orElseThrow(() -> event.missing("service"));
        return ServiceName.normalised(name)
                .orElseThrow(() -> invalid(event.pointerTo("service"), "has neither a letter nor a digit"));
    }

    private static Severity severity(Fields event) throws InvalidEventException {
        return choice(event, "severity", SEVERITIES)
                .map(name -> Severity.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(Severity.UNKNOWN);
    }

    private static Optional<Reproduction> reproduction(Fields event, Remarks remarks) throws InvalidEventException {
        Optional<Fields> fields = event.object("reproduction");
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        String selector = fields.get()
                .text("selector", SELECTOR, "fully.qualified.TestClass#method, or the class alone")
                .orElseThrow(() -> fields.get().missing("selector"));
        String module = fields.get()
                .text(
                        "module",
                        MODULE,
                        "the module's folder below the repository's root, with forward slashes and without '..'")
                .orElse("");
        remarks.ignored(fields.get().unread());
        return Optional.of(new Reproduction(selector, module));
    }

    private static Optional<String> choice(Fields event, String name, Set<String> allowed)
            throws InvalidEventException {
        Optional<String> value = event.text(name, MAX_SHORT_TEXT).map(JsonEventParser::lower);
        if (value.isPresent() && !allowed.contains(value.get())) {
            throw invalid(
                    event.pointerTo(name),
                    "is none of " + allowed.stream().sorted().collect(Collectors.joining(", ")));
        }
        return value;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
