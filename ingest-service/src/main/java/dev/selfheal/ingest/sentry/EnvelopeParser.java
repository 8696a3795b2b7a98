package dev.selfheal.ingest.sentry;

import static dev.selfheal.ingest.draft.InvalidEventException.malformed;

import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.json.Fields;
import dev.selfheal.ingest.json.JsonTree;
import dev.selfheal.ingest.sentry.Envelope.MalformedItem;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes Sentry's envelope apart: a line with the envelope's header, then for each item a line with its header and its
 * payload. A payload without {@code length} runs to the next line feed. Thread-safe.
 */
public final class EnvelopeParser {

    private static final int MAX_TYPE = 64;
    private static final int TO_LINE_FEED = -1;

    private final int maxItems;
    private final JsonTree headers;

    public EnvelopeParser(Limits limits) {
        this.maxItems = limits.eventsPerRequest();
        this.headers = new JsonTree(limits);
    }

    /**
     * An item that is malformed costs no other one: reading goes on behind the line that follows its header.
     *
     * @throws InvalidEventException when the envelope's own header is malformed, or it has more items than allowed
     */
    public Envelope parse(byte[] body) throws InvalidEventException {
        int headerEnd = lineEnd(body, 0);
        Fields header = new Fields(headers.read(body, 0, headerEnd), "");
        List<EnvelopeItem> items = new ArrayList<>();
        List<MalformedItem> malformed = new ArrayList<>();
        int at = nextItem(body, headerEnd);
        while (at < body.length) {
            int number = items.size() + malformed.size() + 1;
            if (number > maxItems) {
                throw InvalidEventException.tooLarge("", "the envelope has more than " + maxItems + " items");
            }
            try {
                EnvelopeItem item = item(body, at, number);
                items.add(item);
                at = nextItem(body, item.offset() + item.length());
            } catch (InvalidEventException e) {
                malformed.add(new MalformedItem(number, e));
                at = nextItem(body, lineEnd(body, payloadOf(body, at)));
            }
        }
        return new Envelope(SentryText.eventId(header), items, malformed);
    }

    private EnvelopeItem item(byte[] body, int at, int number) throws InvalidEventException {
        Fields header = new Fields(headers.read(body, at, lineEnd(body, at) - at), "");
        String type = header.requiredText("type", MAX_TYPE);
        int length = header.integer("length", 0, Integer.MAX_VALUE, TO_LINE_FEED);
        int payload = payloadOf(body, at);
        int rest = body.length - payload;
        if (length == TO_LINE_FEED) {
            return new EnvelopeItem(number, type, payload, lineEnd(body, payload) - payload);
        }
        if (length > rest) {
            throw malformed(
                    header.pointerTo("length"),
                    "says " + length + " bytes, but only " + rest + " follow; the envelope was cut short");
        }
        if (length < rest && body[payload + length] != '\n') {
            throw malformed(header.pointerTo("length"), "says " + length + " bytes, but the payload goes on there");
        }
        return new EnvelopeItem(number, type, payload, length);
    }

    /** Where the next line that is not empty begins. */
    private static int nextItem(byte[] body, int end) {
        int at = end;
        while (at < body.length && (body[at] == '\n' || body[at] == '\r')) {
            at++;
        }
        return at;
    }

    private static int payloadOf(byte[] body, int header) {
        return Math.min(body.length, lineEnd(body, header) + 1);
    }

    private static int lineEnd(byte[] body, int from) {
        int end = from;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }
}
