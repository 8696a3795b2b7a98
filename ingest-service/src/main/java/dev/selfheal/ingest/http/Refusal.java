package dev.selfheal.ingest.http;

import dev.selfheal.ingest.draft.InvalidEventException;

/**
 * @param code stable, for programs
 * @param field JSON pointer of the field; empty for the whole
 * @param message for people: what is wrong and what to do
 */
record Refusal(String code, String field, String message) {

    static Refusal of(InvalidEventException e) {
        return new Refusal(e.reason().name(), e.field(), e.getMessage());
    }
}
