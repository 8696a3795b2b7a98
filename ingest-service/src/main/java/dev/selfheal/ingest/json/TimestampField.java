package dev.selfheal.ingest.json;

import static dev.selfheal.ingest.draft.InvalidEventException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.ingest.draft.InvalidEventException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A point in time as ISO-8601 text with an offset, as epoch seconds with a fraction, or as epoch milliseconds. */
final class TimestampField {

    /** Numbers from here on are milliseconds: as seconds it would be the year 5138, as milliseconds it is 1973. */
    private static final double MILLIS_FROM = 1e11;
    /** The end of the year 9999. */
    private static final double MAX_MILLIS = 253_402_300_799_999d;

    private TimestampField() {}

    static Optional<Instant> read(Fields fields, String name) throws InvalidEventException {
        Optional<JsonNode> node = fields.any(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get().isNumber()) {
            return Optional.of(fromEpoch(fields.pointerTo(name), node.get().doubleValue()));
        }
        if (node.get().isTextual()) {
            return Optional.of(fromText(fields.pointerTo(name), node.get().textValue()));
        }
        throw invalid(fields.pointerTo(name), "is " + Fields.kind(node.get()) + "; give a time");
    }

    private static Instant fromText(String pointer, String text) throws InvalidEventException {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return fromEpoch(pointer, time.toEpochMilli());
        } catch (DateTimeException e) {
            throw invalid(pointer, "is not ISO-8601 with an offset; give for example 2026-11-22T10:15:30.123Z");
        } catch (ArithmeticException e) {
            throw outOfRange(pointer);
        }
    }

    private static Instant fromEpoch(String pointer, double number) throws InvalidEventException {
        double millis = number < MILLIS_FROM ? number * 1_000 : number;
        if (!(millis >= 0 && millis <= MAX_MILLIS)) {
            throw outOfRange(pointer);
        }
        return Instant.ofEpochMilli(Math.round(millis));
    }

    private static InvalidEventException outOfRange(String pointer) {
        return invalid(pointer, "is not between 1970 and 9999; give epoch seconds or epoch milliseconds");
    }
}
