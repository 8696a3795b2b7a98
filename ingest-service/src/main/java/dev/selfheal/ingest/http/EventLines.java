package dev.selfheal.ingest.http;

import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.json.JsonEventParser;
import java.util.ArrayList;
import java.util.List;

/** Tells one JSON event from newline-delimited JSON and finds the lines of the latter. Thread-safe. */
final class EventLines {

    /**
     * @param number from 1, counting blank lines too, as an editor does
     */
    record Line(int number, int offset, int length) {}

    private final Limits limits;
    private final JsonEventParser parser;

    EventLines(Limits limits, JsonEventParser parser) {
        this.limits = limits;
        this.parser = parser;
    }

    /** True for a body of several lines whose first is a whole JSON value: one event, pretty-printed, has none such. */
    boolean looksDelimited(byte[] body) {
        Line first = nextLine(body, 0, 1);
        Line second = first.length() == 0 ? first : nextLine(body, end(first), first.number() + 1);
        return second.length() > 0 && parser.isOneValue(body, first.offset(), first.length());
    }

    /** Every line that is not blank. */
    List<Line> split(byte[] body) throws RefusedRequestException {
        List<Line> lines = new ArrayList<>();
        Line line = nextLine(body, 0, 1);
        while (line.length() > 0) {
            if (lines.size() == limits.eventsPerRequest()) {
                throw RefusedRequestException.tooLarge(
                        "the body has more than " + limits.eventsPerRequest() + " events; send fewer in one request");
            }
            lines.add(line);
            line = nextLine(body, end(line), line.number() + 1);
        }
        return lines;
    }

    /** The next line from {@code offset} on, which has the given number, that is not blank; length 0 when there is none. */
    private static Line nextLine(byte[] body, int offset, int number) {
        int start = offset;
        int current = number;
        while (start < body.length) {
            int end = start;
            boolean blank = true;
            while (end < body.length && body[end] != '\n') {
                blank = blank && (body[end] == ' ' || body[end] == '\t' || body[end] == '\r');
                end++;
            }
            if (!blank) {
                return new Line(current, start, end - start);
            }
            start = end + 1;
            current++;
        }
        return new Line(current, body.length, 0);
    }

    private static int end(Line line) {
        // Behind the line feed.
        return line.offset() + line.length() + 1;
    }
}
