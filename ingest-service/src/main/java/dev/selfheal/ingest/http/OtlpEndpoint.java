package dev.selfheal.ingest.http;

import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.otlp.Encoding;
import dev.selfheal.ingest.otlp.OtlpParser;
import dev.selfheal.ingest.otlp.Signal;
import dev.selfheal.ingest.otlp.Telemetry;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.IngestMeters.Outcome;
import dev.selfheal.ingest.publish.Intake;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.concurrent.Executor;

/** {@code POST /v1/logs} and {@code /v1/traces}: OTLP/HTTP, of which the exceptions are taken. Thread-safe. */
final class OtlpEndpoint {

    /** A tree of JSON takes many times its text in memory. */
    private static final int JSON_EVENTS = 4;

    private final RequestBody protobufBodies;
    private final RequestBody jsonBodies;
    private final OtlpParser parser;
    private final ProjectGate gate;
    private final Intake intake;
    private final IngestMeters meters;
    private final Executor answering;

    OtlpEndpoint(
            Limits limits,
            MemoryBudget memory,
            Intake intake,
            IngestMeters meters,
            ProjectGate gate,
            Executor answering) {
        this.protobufBodies = new RequestBody(limits.requestBytes(), memory, meters);
        int jsonBytes = (int) Math.min(limits.requestBytes(), (long) JSON_EVENTS * limits.eventBytes());
        this.jsonBodies = new RequestBody(jsonBytes, memory, meters);
        this.parser = new OtlpParser(limits);
        this.gate = gate;
        this.intake = intake;
        this.meters = meters;
        this.answering = answering;
    }

    void logs(Context context) throws RefusedRequestException {
        take(Signal.LOGS, context);
    }

    void traces(Context context) throws RefusedRequestException {
        take(Signal.TRACES, context);
    }

    private void take(Signal signal, Context context) throws RefusedRequestException {
        Encoding encoding = encoding(context);
        OtlpAnswers answers = new OtlpAnswers(signal, encoding);
        try {
            Project project = gate.bearer(context);
            byte[] body = (encoding == Encoding.JSON ? jsonBodies : protobufBodies).read(context);
            meters.bytes(body.length);
            accept(parser.parse(signal, encoding, body, project), project, answers, context);
        } catch (InvalidEventException e) {
            meters.event(IntakeProtocol.OTLP, Outcome.of(e));
            answers.refuse(context, RefusedRequestException.of(e));
        } catch (RefusedRequestException e) {
            answers.refuse(context, e);
        }
    }

    private void accept(Telemetry telemetry, Project project, OtlpAnswers answers, Context context)
            throws RefusedRequestException {
        meters.ignored(IntakeProtocol.OTLP, "duplicate", telemetry.duplicates());
        meters.ignored(IntakeProtocol.OTLP, "without_exception", telemetry.others());
        int exceptions = telemetry.drafts().size() + telemetry.malformed().size();
        if (exceptions > 0) {
            gate.admit(context, project, exceptions);
        }
        BatchResult result = new BatchResult();
        int number = 0;
        for (InvalidEventException reason : telemetry.malformed()) {
            meters.event(IntakeProtocol.OTLP, Outcome.of(reason));
            result.refused(++number, Refusal.of(reason));
        }
        for (ErrorEventDraft draft : telemetry.drafts()) {
            // A try may block for a bounded time: one that failed is enough to know.
            result.sent(++number, result.overloaded().orElseGet(() -> intake.accept(draft)));
        }
        context.future(() -> result.whenDone().thenAcceptAsync(done -> answers.done(context, done), answering));
    }

    private static Encoding encoding(Context context) throws RefusedRequestException {
        String type = context.contentType() == null ? "" : context.contentType().toLowerCase(Locale.ROOT);
        return switch (type.split(";", 2)[0].strip()) {
            case "application/x-protobuf" -> Encoding.PROTOBUF;
            case "application/json" -> Encoding.JSON;
            default ->
                throw RefusedRequestException.unsupported(
                        "Content-Type", context.contentType(), "application/x-protobuf or application/json");
        };
    }
}
