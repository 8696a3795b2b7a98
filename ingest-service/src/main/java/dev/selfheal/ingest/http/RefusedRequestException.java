package dev.selfheal.ingest.http;

import dev.selfheal.ingest.draft.InvalidEventException;

/** The request as a whole is refused. */
final class RefusedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int MAX_QUOTED = 100;

    private final int status;
    private final Refusal refusal;

    RefusedRequestException(int status, Refusal refusal) {
        super(refusal.message());
        this.status = status;
        this.refusal = refusal;
    }

    static RefusedRequestException of(InvalidEventException e) {
        return new RefusedRequestException(statusOf(e.reason()), Refusal.of(e));
    }

    static RefusedRequestException tooLarge(String message) {
        return new RefusedRequestException(413, new Refusal("TOO_LARGE", "", message));
    }

    static RefusedRequestException malformed(String message) {
        return new RefusedRequestException(400, new Refusal("MALFORMED", "", message));
    }

    static RefusedRequestException unauthorized(String message) {
        return new RefusedRequestException(401, new Refusal("UNAUTHORIZED", "", message));
    }

    static RefusedRequestException forbidden(String message) {
        return new RefusedRequestException(403, new Refusal("FORBIDDEN", "", message));
    }

    static RefusedRequestException overQuota() {
        return new RefusedRequestException(
                429,
                new Refusal("OVER_QUOTA", "", "the project has sent more than it may; see the Retry-After header"));
    }

    static RefusedRequestException overloaded() {
        return new RefusedRequestException(
                429,
                new Refusal(
                        "OVERLOADED",
                        "",
                        "too many requests are being read now; see the Retry-After header, and send the same eventId"));
    }

    static RefusedRequestException unsupported(String message) {
        return new RefusedRequestException(415, new Refusal("UNSUPPORTED_MEDIA_TYPE", "", message));
    }

    /**
     * @param header by which the sender says what it sends
     * @param sent the header's value; null when there is none
     * @param taken what is, in words
     */
    static RefusedRequestException unsupported(String header, String sent, String taken) {
        String what = sent == null ? "no " + header + " is given" : header + " '" + quoted(sent) + "' is not taken";
        return unsupported(what + "; send " + taken);
    }

    /** Short and printable: it may be anything. */
    private static String quoted(String sent) {
        String printable = sent.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= MAX_QUOTED ? printable : printable.substring(0, MAX_QUOTED) + "…";
    }

    int status() {
        return status;
    }

    Refusal refusal() {
        return refusal;
    }

    private static int statusOf(InvalidEventException.Reason reason) {
        return switch (reason) {
            case MALFORMED, INVALID -> 400;
            case TOO_LARGE -> 413;
        };
    }
}
