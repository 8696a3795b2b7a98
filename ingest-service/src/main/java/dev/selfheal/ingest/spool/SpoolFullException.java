package dev.selfheal.ingest.spool;

/** The spool has reached its bound; nothing of the entry was kept. */
public final class SpoolFullException extends Exception {

    private static final long serialVersionUID = 1L;

    SpoolFullException(long maxBytes) {
        super("the spool has reached its bound of " + maxBytes + " bytes");
    }
}
