package dev.selfheal.standalone.heal;

/** There is nothing that healing could start from. The message says what and what to do. */
public final class CannotHealException extends Exception {

    private static final long serialVersionUID = 1L;

    public CannotHealException(String message) {
        super(message);
    }

    public CannotHealException(String message, Throwable cause) {
        super(message, cause);
    }
}
