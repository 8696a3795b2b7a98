package dev.selfheal.ingest.sentry;

import dev.selfheal.ingest.draft.InvalidEventException;
import java.util.List;
import java.util.Optional;

/**
 * An envelope taken apart, its payloads not yet read.
 *
 * @param eventId from the envelope's header
 * @param items those that could be told from one another
 * @param malformed those that could not
 */
public record Envelope(Optional<String> eventId, List<EnvelopeItem> items, List<MalformedItem> malformed) {

    /** An item without a readable header, or whose length is not that of its payload. */
    public record MalformedItem(int number, InvalidEventException reason) {}

    public Envelope {
        items = List.copyOf(items);
        malformed = List.copyOf(malformed);
    }
}
