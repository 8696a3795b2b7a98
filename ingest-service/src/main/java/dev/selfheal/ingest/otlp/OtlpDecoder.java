package dev.selfheal.ingest.otlp;

import dev.selfheal.ingest.draft.InvalidEventException;

/** Reads one encoding of OTLP. Thread-safe. */
interface OtlpDecoder {

    /**
     * @param signal whether the body holds log records or spans
     * @param batch receives every record; one that is malformed or too large costs no other
     * @throws InvalidEventException when the body as a whole cannot be read, or holds too many exceptions
     */
    void decode(Signal signal, byte[] body, OtlpBatch batch) throws InvalidEventException;
}
