package dev.selfheal.embedded;

/**
 * @param id of the schema's text, the same under every subject
 * @param version of the subject, from 1
 * @param schema canonical JSON text
 */
record RegisteredSchema(String subject, int version, int id, String schema) {}
