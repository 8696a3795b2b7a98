package dev.selfheal.errors;

/** Trying again later may help; after the last try the message goes to the dead-letter topic. */
public final class RetriableException extends HealingException {

    private static final long serialVersionUID = 1L;

    public RetriableException(ErrorCode code, String message) {
        super(code, message);
    }

    public RetriableException(ErrorCode code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
