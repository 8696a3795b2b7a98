package dev.selfheal.ingest.json;

import dev.selfheal.ingest.draft.ErrorEventDraft;
import java.util.List;

/**
 * @param ignored JSON pointers of the fields that are not part of the format, a typing mistake or a newer sender: the first
 *     of each name, {@value FieldNames#MOST} at most
 * @param notes what keeps the event from being of full use
 */
public record ParsedEvent(ErrorEventDraft draft, List<String> ignored, List<Note> notes) {

    public ParsedEvent {
        ignored = List.copyOf(ignored);
        notes = List.copyOf(notes);
    }
}
