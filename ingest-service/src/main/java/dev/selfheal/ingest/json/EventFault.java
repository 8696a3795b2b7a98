package dev.selfheal.ingest.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.json.JsonFault;

/** Why bytes are no event's JSON: they are no JSON at all, or more than the limits allow. */
final class EventFault {

    private final Limits limits;
    private final int maxNumberDigits;

    EventFault(Limits limits, int maxNumberDigits) {
        this.limits = limits;
        this.maxNumberDigits = maxNumberDigits;
    }

    /** With the field, the line where the text has several, and the column, both from 1. */
    static InvalidEventException malformed(JsonProcessingException e, byte[] utf8, int offset, int length) {
        return InvalidEventException.malformed(JsonFault.pointer(e), JsonFault.of(e, utf8, offset, length));
    }

    InvalidEventException tooLarge(StreamConstraintsException e) {
        return InvalidEventException.tooLarge(JsonFault.pointer(e), limit(String.valueOf(e.getOriginalMessage())));
    }

    private String limit(String message) {
        if (message.startsWith("Document nesting depth")) {
            return "is nested deeper than " + limits.depth() + " levels";
        }
        if (message.startsWith("Number")) {
            return "has more than " + maxNumberDigits + " digits";
        }
        return message.startsWith("String")
                ? "has more than " + limits.eventBytes() + " characters"
                : "is larger than anything the format has";
    }
}
