package dev.selfheal.standalone.corpus;

/** A case cannot be laid out. The message says what failed and what to do. */
public final class MaterialisationException extends Exception {

    private static final long serialVersionUID = 1L;

    MaterialisationException(String message) {
        super(message);
    }

    MaterialisationException(String message, Throwable cause) {
        super(message, cause);
    }
}
