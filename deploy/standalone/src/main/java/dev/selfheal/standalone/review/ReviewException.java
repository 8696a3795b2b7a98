package dev.selfheal.standalone.review;

/** A decision cannot be shown or sent. The message says what is wrong, where, and what to do. */
public final class ReviewException extends Exception {

    private static final long serialVersionUID = 1L;

    public ReviewException(String message) {
        super(message);
    }

    public ReviewException(String message, Throwable cause) {
        super(message, cause);
    }
}
