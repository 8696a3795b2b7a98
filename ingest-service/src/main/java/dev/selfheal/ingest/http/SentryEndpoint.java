package dev.selfheal.ingest.http;

import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.ingest.project.ProjectKeys;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.IngestMeters.Outcome;
import dev.selfheal.ingest.publish.Intake;
import dev.selfheal.ingest.sentry.ClientReport;
import dev.selfheal.ingest.sentry.Envelope;
import dev.selfheal.ingest.sentry.Envelope.MalformedItem;
import dev.selfheal.ingest.sentry.EnvelopeItem;
import dev.selfheal.ingest.sentry.EnvelopeParser;
import dev.selfheal.ingest.sentry.SentryEventParser;
import dev.selfheal.ingest.sentry.SentryKey;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * {@code POST /api/{project}/envelope/} and {@code /store/}: what Sentry's SDKs send. Content types are not looked at, for
 * SDKs differ in them. Thread-safe.
 */
final class SentryEndpoint {

    /** Counted by name when ignored; the SDKs send more kinds than are worth a time series. */
    private static final Set<String> KNOWN_ITEMS = Set.of(
            "session",
            "sessions",
            "transaction",
            "attachment",
            "user_report",
            "feedback",
            "profile",
            "log",
            "check_in");

    private final RequestBody bodies;
    private final EnvelopeParser envelopes;
    private final SentryEventParser events;
    private final ClientReport.Parser reports;
    private final ProjectKeys keys;
    private final ProjectGate gate;
    private final Intake intake;
    private final IngestMeters meters;
    private final Executor answering;

    SentryEndpoint(
            Limits limits,
            MemoryBudget memory,
            Intake intake,
            IngestMeters meters,
            ProjectKeys keys,
            ProjectGate gate,
            Executor answering) {
        this.bodies = new RequestBody(limits.requestBytes(), memory, meters);
        this.envelopes = new EnvelopeParser(limits);
        this.events = new SentryEventParser(limits);
        this.reports = new ClientReport.Parser(limits);
        this.keys = keys;
        this.gate = gate;
        this.intake = intake;
        this.meters = meters;
        this.answering = answering;
    }

    void envelope(Context context) throws RefusedRequestException {
        Project project = project(context);
        byte[] body = read(context);
        try {
            answer(context, project, body, envelopes.parse(body));
        } catch (InvalidEventException e) {
            throw RefusedRequestException.of(e);
        }
    }

    /** One event without an envelope around it, as SDKs sent it before there were envelopes. */
    void store(Context context) throws RefusedRequestException {
        Project project = project(context);
        byte[] body = read(context);
        EnvelopeItem event = new EnvelopeItem(1, "event", 0, body.length);
        answer(context, project, body, new Envelope(Optional.empty(), List.of(event), List.of()));
    }

    private Project project(Context context) throws RefusedRequestException {
        Optional<String> key = SentryKey.find(
                Optional.ofNullable(context.header("X-Sentry-Auth")),
                Optional.ofNullable(context.queryParam("sentry_key")));
        return keys.project(key.orElse(""))
                .filter(project -> project.isAt(context.pathParam("project")))
                .orElseThrow(() -> RefusedRequestException.unauthorized(
                        key.isEmpty() ? "no key; configure the SDK with a DSN" : "the key is not one of this project"));
    }

    private byte[] read(Context context) throws RefusedRequestException {
        byte[] body = bodies.read(context);
        meters.bytes(body.length);
        return body;
    }

    private void answer(Context context, Project project, byte[] body, Envelope envelope)
            throws RefusedRequestException {
        int sent = (int) envelope.items().stream()
                .filter(item -> item.type().equals("event"))
                .count();
        if (sent > 0) {
            gate.admit(context, project, sent);
        }
        BatchResult result = new BatchResult();
        for (MalformedItem item : envelope.malformed()) {
            refuse(result, item.number(), item.reason());
        }
        String path = context.pathParam("project");
        String id = envelope.eventId().orElse("");
        for (EnvelopeItem item : envelope.items()) {
            try {
                if (item.type().equals("event")) {
                    Optional<ErrorEventDraft> draft = events.parse(body, item, project, path, envelope.eventId());
                    id = draft.flatMap(ErrorEventDraft::eventId).orElse(id);
                    accept(item, draft, result);
                } else {
                    count(item, body);
                }
            } catch (InvalidEventException e) {
                refuse(result, item.number(), e);
            }
        }
        String answered = id;
        context.future(
                () -> result.whenDone().thenAcceptAsync(done -> Answers.envelope(context, answered, done), answering));
    }

    private void accept(EnvelopeItem item, Optional<ErrorEventDraft> draft, BatchResult result) {
        if (draft.isEmpty()) {
            meters.ignored(IntakeProtocol.SENTRY, "message", 1);
        } else {
            // A try may block for a bounded time: one that failed is enough to know.
            result.sent(item.number(), result.overloaded().orElseGet(() -> intake.accept(draft.get())));
        }
    }

    private void count(EnvelopeItem item, byte[] body) throws InvalidEventException {
        if (item.type().equals("client_report")) {
            meters.lostBySender(
                    reports.parse(body, item.offset(), item.length()).lostErrors());
        } else {
            meters.ignored(IntakeProtocol.SENTRY, KNOWN_ITEMS.contains(item.type()) ? item.type() : "other", 1);
        }
    }

    private void refuse(BatchResult result, int item, InvalidEventException e) {
        meters.event(IntakeProtocol.SENTRY, Outcome.of(e));
        result.refused(item, Refusal.of(e));
    }
}
