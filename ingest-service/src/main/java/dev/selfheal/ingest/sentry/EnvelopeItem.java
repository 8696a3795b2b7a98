package dev.selfheal.ingest.sentry;

/**
 * One item of an envelope; its payload is a range of the envelope's bytes.
 *
 * @param number its place in the envelope, from 1; malformed items count too
 * @param type for example {@code event} or {@code session}
 * @param offset of the payload
 * @param length of the payload, bytes
 */
public record EnvelopeItem(int number, String type, int offset, int length) {}
