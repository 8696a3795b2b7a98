package dev.selfheal.ingest.json;

import static dev.selfheal.ingest.draft.InvalidEventException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.ingest.draft.InvalidEventException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A point in time as ISO-8601 text with an offset, as epoch seconds with a fraction, or as epoch milliseconds. */
public final class TimestampField {

    /** Numbers from here on are milliseconds: as seconds it would be the year 5138, as milliseconds it is 1973. */
    private static final double MILLIS_FROM = 1e11;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private TimestampField() {}

    public static Optional<Instant> read(Fields fields, String name) throws InvalidEventException {
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
            if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
                throw outOfRange(pointer);
            }
            return time.truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw invalid(pointer, "is not ISO-8601 with an offset; give for example 2026-11-22T10:15:30.123Z");
        }
    }

    private static Instant fromEpoch(String pointer, double number) throws InvalidEventException {
        double millis = number < MILLIS_FROM ? number * 1_000 : number;
        if (!(millis >= 0 && millis <= (double) LATEST.toEpochMilli())) {
            throw outOfRange(pointer);
        }
        return Instant.ofEpochMilli(Math.round(millis));
    }

    private static InvalidEventException outOfRange(String pointer) {
        return invalid(pointer, "is not between 1970 and 9999; give ISO-8601, epoch seconds or epoch milliseconds");
    }
}
