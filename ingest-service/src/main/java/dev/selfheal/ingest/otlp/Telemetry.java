package dev.selfheal.ingest.otlp;

import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.draft.InvalidEventException;
import java.util.List;

/**
 * What one request holds.
 *
 * @param drafts one for each failure
 * @param malformed why a record was left out, one for each
 * @param duplicates further records of failures that are among the drafts
 * @param others records that tell of no exception
 */
public record Telemetry(
        List<ErrorEventDraft> drafts, List<InvalidEventException> malformed, int duplicates, int others) {

    public Telemetry {
        drafts = List.copyOf(drafts);
        malformed = List.copyOf(malformed);
    }
}
