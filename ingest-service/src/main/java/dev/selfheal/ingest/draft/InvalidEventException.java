package dev.selfheal.ingest.draft;

import java.util.Objects;

/** An event breaks the contract. Says which field, why, and what the sender can do; never quotes the field's value. */
public final class InvalidEventException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why; the protocol's answer depends on it. */
    public enum Reason {
        /** Not the format it claims to be. */
        MALFORMED,
        /** Well-formed, but a field breaks its rule. */
        INVALID,
        /** Larger, deeper or longer than the configured limits. */
        TOO_LARGE
    }

    private final Reason reason;
    private final String field;

    /**
     * @param field JSON pointer (RFC 6901) of the field, for example {@code /exceptions/0/type}; empty for the whole
     */
    public InvalidEventException(Reason reason, String field, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.field = Objects.requireNonNull(field, "field");
    }

    public static InvalidEventException invalid(String field, String message) {
        return new InvalidEventException(Reason.INVALID, field, message);
    }

    public static InvalidEventException tooLarge(String field, String message) {
        return new InvalidEventException(Reason.TOO_LARGE, field, message);
    }

    public static InvalidEventException malformed(String field, String message) {
        return new InvalidEventException(Reason.MALFORMED, field, message);
    }

    public Reason reason() {
        return reason;
    }

    public String field() {
        return field;
    }
}
