package dev.selfheal.ingest.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.ingest.http.BatchResult.IgnoredField;
import dev.selfheal.ingest.http.BatchResult.NotedLine;
import dev.selfheal.ingest.http.BatchResult.RefusedLine;
import dev.selfheal.ingest.http.BatchResult.Summary;
import dev.selfheal.ingest.json.Note;
import dev.selfheal.ingest.json.ParsedEvent;
import dev.selfheal.ingest.publish.Receipt;
import io.javalin.http.Context;
import java.util.List;

/** Every answer as JSON. */
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    private record Refused(Refusal error) {}

    private record Accepted(
            String eventId,
            String group,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> ignored,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Note> notes) {}

    private record Batch(
            int accepted,
            List<RefusedLine> rejected,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int rejectedMore,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<IgnoredField> ignored,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NotedLine> notes) {}

    private record RefusedItem(int item, String code, String field, String message) {
        static List<RefusedItem> of(Summary envelope) {
            return envelope.rejected().stream()
                    .map(line -> new RefusedItem(line.line(), line.code(), line.field(), line.message()))
                    .toList();
        }
    }

    /** The id is what SDKs expect; they leave the rest alone. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Envelope(
            String id,
            List<RefusedItem> rejected,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int rejectedMore) {}

    private record RefusedEnvelope(
            Refusal error,
            List<RefusedItem> rejected,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int rejectedMore) {}

    private record RefusedBatch(
            Refusal error,
            int accepted,
            List<RefusedLine> rejected,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int rejectedMore,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<IgnoredField> ignored,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NotedLine> notes) {

        static RefusedBatch of(Refusal why, Summary batch) {
            return new RefusedBatch(
                    why, batch.accepted(), batch.rejected(), batch.unnamed(), batch.ignored(), batch.notes());
        }
    }

    static void one(Context context, Receipt receipt, ParsedEvent event) {
        if (receipt instanceof Receipt.Accepted accepted) {
            json(context, 202, new Accepted(accepted.eventId(), accepted.group(), event.ignored(), event.notes()));
        } else if (receipt instanceof Receipt.TooLarge) {
            refuse(context, 413, refusal(receipt));
        } else if (receipt instanceof Receipt.Overloaded overloaded) {
            RateLimitHeaders.put(context, overloaded.retryAfter());
            refuse(context, 429, refusal(receipt));
        }
    }

    static void batch(Context context, Summary batch) {
        if (batch.retryAfter().isPresent()) {
            RateLimitHeaders.put(context, batch.retryAfter().get());
            Refusal why =
                    new Refusal("OVERLOADED", "", "not every event could be stored now; send the rejected ones again");
            json(context, 429, RefusedBatch.of(why, batch));
        } else if (batch.accepted() == 0) {
            RefusedLine first = batch.rejected().get(0);
            Refusal why = new Refusal(first.code(), first.field(), "line " + first.line() + ": " + first.message());
            json(context, 400, RefusedBatch.of(why, batch));
        } else {
            json(
                    context,
                    202,
                    new Batch(batch.accepted(), batch.rejected(), batch.unnamed(), batch.ignored(), batch.notes()));
        }
    }

    /**
     * As Sentry answers. An SDK never sends an envelope again, and after a 5xx it goes on as if nothing was: 429 makes it
     * hold back, and count what it drops meanwhile.
     *
     * @param id of the event; empty when there was none
     */
    static void envelope(Context context, String id, Summary envelope) {
        List<RefusedItem> rejected = RefusedItem.of(envelope);
        if (envelope.retryAfter().isPresent()) {
            RateLimitHeaders.put(context, envelope.retryAfter().get());
            Refusal why = new Refusal("OVERLOADED", "", "not every event could be stored now");
            json(context, 429, new RefusedEnvelope(why, rejected, envelope.unnamed()));
        } else if (envelope.accepted() == 0 && !rejected.isEmpty()) {
            RefusedItem first = rejected.get(0);
            Refusal why = new Refusal(first.code(), first.field(), "item " + first.item() + ": " + first.message());
            json(
                    context,
                    first.code().equals("TOO_LARGE") ? 413 : 400,
                    new RefusedEnvelope(why, rejected, envelope.unnamed()));
        } else {
            json(context, 200, new Envelope(id, rejected, envelope.unnamed()));
        }
    }

    static void refuse(Context context, int status, Refusal refusal) {
        json(context, status, new Refused(refusal));
    }

    /** Why an event that was sent is not accepted. */
    static Refusal refusal(Receipt receipt) {
        return receipt instanceof Receipt.TooLarge
                ? new Refusal(
                        "TOO_LARGE", "", "the event is larger than the brokers take; shorten messages, tags or frames")
                : new Refusal(
                        "OVERLOADED",
                        "",
                        "the event could not be stored now; send it again later, with the same eventId");
    }

    static void json(Context context, int status, Object body) {
        try {
            context.status(status).contentType("application/json").result(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer of ours cannot be written as JSON", e);
        }
    }
}
