package dev.selfheal.ingest.otlp;

import dev.selfheal.ingest.draft.InvalidEventException;
import java.util.ArrayList;
import java.util.List;

/** What one request holds. Filled by one thread; bounded by the number of exceptions a request may have. */
final class OtlpBatch {

    private final int maxExceptions;
    private final List<TelemetryRecord> exceptions = new ArrayList<>();
    private final List<InvalidEventException> malformed = new ArrayList<>();
    private int others;

    OtlpBatch(int maxExceptions) {
        this.maxExceptions = maxExceptions;
    }

    /** A record that tells of no exception is only counted. */
    void add(TelemetryRecord record) throws InvalidEventException {
        if (record.isException()) {
            exceptions.add(record);
            requireRoom();
        } else {
            others++;
        }
    }

    /** Other records are not lost with it. */
    void malformed(InvalidEventException reason) throws InvalidEventException {
        malformed.add(reason);
        requireRoom();
    }

    List<TelemetryRecord> exceptions() {
        return exceptions;
    }

    List<InvalidEventException> malformed() {
        return malformed;
    }

    int others() {
        return others;
    }

    private void requireRoom() throws InvalidEventException {
        if (exceptions.size() + malformed.size() > maxExceptions) {
            throw InvalidEventException.tooLarge("", "the request has more than " + maxExceptions + " exceptions");
        }
    }
}
