package dev.selfheal.ingest.http;

import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.Intake;
import dev.selfheal.ingest.publish.Receipt;
import dev.selfheal.ingest.sentry.ClientReport;
import dev.selfheal.ingest.sentry.Envelope;
import dev.selfheal.ingest.sentry.Envelope.MalformedItem;
import dev.selfheal.ingest.sentry.EnvelopeItem;
import dev.selfheal.ingest.sentry.EnvelopeParser;
import dev.selfheal.ingest.sentry.SentryEventParser;
import dev.selfheal.ingest.sentry.SentryKey;
import dev.selfheal.ingest.sentry.SentrySettings;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

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

    private static final CompletableFuture<Receipt> NOT_TRIED =
            CompletableFuture.completedFuture(new Receipt.Unacknowledged());

    private final RequestBody bodies;
    private final EnvelopeParser envelopes;
    private final SentryEventParser events;
    private final ClientReport.Parser reports;
    private final SentrySettings settings;
    private final Intake intake;
    private final IngestMeters meters;

    SentryEndpoint(Limits limits, Intake intake, IngestMeters meters, SentrySettings settings) {
        this.bodies = new RequestBody(limits.requestBytes());
        this.envelopes = new EnvelopeParser(limits);
        this.events = new SentryEventParser(limits, settings.services());
        this.reports = new ClientReport.Parser(limits);
        this.settings = settings;
        this.intake = intake;
        this.meters = meters;
    }

    void envelope(Context context) throws RefusedRequestException {
        byte[] body = admitted(context);
        try {
            answer(context, body, envelopes.parse(body));
        } catch (InvalidEventException e) {
            throw RefusedRequestException.of(e);
        }
    }

    /** One event without an envelope around it, as SDKs sent it before there were envelopes. */
    void store(Context context) throws RefusedRequestException {
        byte[] body = admitted(context);
        EnvelopeItem event = new EnvelopeItem(1, "event", 0, body.length);
        answer(context, body, new Envelope(Optional.empty(), List.of(event), List.of()));
    }

    private byte[] admitted(Context context) throws RefusedRequestException {
        Optional<String> key = SentryKey.find(
                Optional.ofNullable(context.header("X-Sentry-Auth")),
                Optional.ofNullable(context.queryParam("sentry_key")));
        if (!settings.keys().accepts(context.pathParam("project"), key)) {
            throw RefusedRequestException.unauthorized(
                    key.isEmpty() ? "no key; configure the SDK with a DSN" : "the key is not one of this project");
        }
        byte[] body = bodies.read(context);
        meters.bytes(body.length);
        return body;
    }

    private void answer(Context context, byte[] body, Envelope envelope) {
        BatchResult result = new BatchResult();
        for (MalformedItem item : envelope.malformed()) {
            refuse(result, item.number(), item.reason());
        }
        String project = context.pathParam("project");
        String id = envelope.eventId().orElse("");
        for (EnvelopeItem item : envelope.items()) {
            try {
                id = accept(item, body, project, envelope.eventId(), result).orElse(id);
            } catch (InvalidEventException e) {
                refuse(result, item.number(), e);
            }
        }
        String answered = id;
        context.future(() -> result.whenDone().thenAccept(done -> Answers.envelope(context, answered, done)));
    }

    /** The id of the event, if the item is one. */
    private Optional<String> accept(
            EnvelopeItem item, byte[] body, String project, Optional<String> envelopeId, BatchResult result)
            throws InvalidEventException {
        switch (item.type()) {
            case "event" -> {
                Optional<ErrorEventDraft> draft = events.parse(body, item.offset(), item.length(), project, envelopeId);
                if (draft.isEmpty()) {
                    meters.ignored(IntakeProtocol.SENTRY, "message");
                } else {
                    // Each try may block for the whole bound while Kafka is away: one is enough to know.
                    result.sent(item.number(), result.isKafkaAway() ? NOT_TRIED : intake.accept(draft.get()));
                }
                return draft.flatMap(ErrorEventDraft::eventId);
            }
            case "client_report" ->
                meters.lostBySender(
                        reports.parse(body, item.offset(), item.length()).lostErrors());
            default -> meters.ignored(IntakeProtocol.SENTRY, KNOWN_ITEMS.contains(item.type()) ? item.type() : "other");
        }
        return Optional.empty();
    }

    private void refuse(BatchResult result, int item, InvalidEventException e) {
        meters.event(IntakeProtocol.SENTRY, Refusal.outcome(e));
        result.refused(item, Refusal.of(e));
    }
}
