package dev.selfheal.ingest.json;

import dev.selfheal.ingest.draft.ErrorEventDraft;
import java.util.ArrayList;
import java.util.List;

/** Collects what the sender of an event that is taken should know of it. Used by one thread. */
final class Remarks {

    private final FieldNames ignored = new FieldNames();
    private final List<Note> notes = new ArrayList<>(0);

    /** Remembers fields that are not part of the format. */
    void ignored(List<String> pointers) {
        pointers.forEach(ignored::add);
    }

    /**
     * @param pointer of the field
     * @param message says what was made of the field, and what to send instead
     */
    void note(String pointer, String message) {
        notes.add(new Note(pointer, message));
    }

    ParsedEvent with(ErrorEventDraft draft) {
        return new ParsedEvent(draft, ignored.first(), notes);
    }
}
