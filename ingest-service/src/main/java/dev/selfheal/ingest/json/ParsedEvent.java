package dev.selfheal.ingest.json;

import dev.selfheal.ingest.draft.ErrorEventDraft;
import java.util.List;

/**
 * @param ignored JSON pointers of the fields that are not part of the format: a typing mistake, or a newer sender
 */
public record ParsedEvent(ErrorEventDraft draft, List<String> ignored) {

    public ParsedEvent {
        ignored = List.copyOf(ignored);
    }
}
