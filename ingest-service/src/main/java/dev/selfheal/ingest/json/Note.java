package dev.selfheal.ingest.json;

/**
 * Something about a field that does not keep its event from being taken, but keeps it from being of full use.
 *
 * @param field JSON pointer
 * @param message for people: what was made of it and what to send instead; never quotes the field's value
 */
public record Note(String field, String message) {}
