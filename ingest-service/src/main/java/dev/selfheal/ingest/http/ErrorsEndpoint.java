package dev.selfheal.ingest.http;

import dev.selfheal.event.IntakeProtocol;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.http.EventLines.Line;
import dev.selfheal.ingest.json.JsonEventParser;
import dev.selfheal.ingest.json.ParsedEvent;
import dev.selfheal.ingest.limit.MemoryBudget;
import dev.selfheal.ingest.project.Project;
import dev.selfheal.ingest.publish.IngestMeters;
import dev.selfheal.ingest.publish.IngestMeters.Outcome;
import dev.selfheal.ingest.publish.Intake;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;

/** {@code POST /v1/errors}: one JSON event, or newline-delimited JSON with an answer for each line. Thread-safe. */
final class ErrorsEndpoint implements Handler {

    private static final String JSON = "application/json";
    private static final List<String> DELIMITED =
            List.of("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines");

    private final JsonEventParser parser;
    private final EventLines lines;
    private final RequestBody bodies;
    private final Intake intake;
    private final IngestMeters meters;
    private final ProjectGate gate;
    private final Executor answering;

    ErrorsEndpoint(
            Limits limits,
            MemoryBudget memory,
            Intake intake,
            IngestMeters meters,
            ProjectGate gate,
            Executor answering) {
        this.parser = new JsonEventParser(limits);
        this.lines = new EventLines(limits, parser);
        this.bodies = new RequestBody(limits.requestBytes(), memory, meters);
        this.intake = intake;
        this.meters = meters;
        this.gate = gate;
        this.answering = answering;
    }

    @Override
    public void handle(Context context) throws RefusedRequestException {
        Project project = gate.bearer(context);
        boolean delimited = isDelimited(context.contentType());
        byte[] body = bodies.read(context);
        meters.bytes(body.length);
        if (delimited || lines.looksDelimited(body)) {
            acceptAll(context, project, body);
        } else {
            acceptOne(context, project, body);
        }
    }

    private void acceptOne(Context context, Project project, byte[] body) throws RefusedRequestException {
        gate.admit(context, project, 1);
        ParsedEvent event;
        try {
            event = parser.parse(body, 0, body.length, project);
        } catch (InvalidEventException e) {
            refused(e);
            throw RefusedRequestException.of(e);
        }
        context.future(() -> intake.accept(event.draft())
                .thenAcceptAsync(receipt -> Answers.one(context, receipt, event), answering));
    }

    private void acceptAll(Context context, Project project, byte[] body) throws RefusedRequestException {
        List<Line> all = lines.split(body);
        if (all.isEmpty()) {
            throw RefusedRequestException.malformed("the body holds no event; send one JSON object on each line");
        }
        gate.admit(context, project, all.size());
        BatchResult batch = new BatchResult();
        for (Line line : all) {
            try {
                ParsedEvent event = parser.parse(body, line.offset(), line.length(), project);
                batch.remarks(line.number(), event);
                // A try may block for a bounded time: one that failed is enough to know.
                batch.sent(line.number(), batch.overloaded().orElseGet(() -> intake.accept(event.draft())));
            } catch (InvalidEventException e) {
                refused(e);
                batch.refused(line.number(), Refusal.of(e));
            }
        }
        context.future(() -> batch.whenDone().thenAcceptAsync(done -> Answers.batch(context, done), answering));
    }

    private void refused(InvalidEventException e) {
        meters.event(IntakeProtocol.JSON, Outcome.of(e));
    }

    private static boolean isDelimited(String contentType) throws RefusedRequestException {
        String[] parts = contentType == null
                ? new String[] {JSON}
                : contentType.toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=")
                    && !Set.of("charset=utf-8", "charset=utf8").contains(parameter)) {
                throw RefusedRequestException.unsupported(
                        "Content-Type", contentType, "charset=utf-8 or none; JSON is always UTF-8");
            }
        }
        if (!type.equals(JSON) && !DELIMITED.contains(type)) {
            throw RefusedRequestException.unsupported(
                    "Content-Type", contentType, JSON + ", or for many events " + String.join(", ", DELIMITED));
        }
        return DELIMITED.contains(type);
    }
}
