package dev.selfheal.errors;

/** A message cannot be processed, and trying again will not help: it goes to the dead-letter topic. */
public class HealingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public HealingException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public HealingException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
