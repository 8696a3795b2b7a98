package dev.selfheal.analysis.query;

/** A query that gets no answer, and what the asker can do about it. */
final class QueryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String field;

    private QueryException(int status, String code, String field, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.field = field;
    }

    /** The parameter is not what it may be. */
    static QueryException invalid(String parameter, String message) {
        return new QueryException(400, "INVALID", parameter, parameter + " " + message);
    }

    static QueryException notFound(String message) {
        return new QueryException(404, "NOT_FOUND", "", message);
    }

    /** Passes by itself: state moves between instances or is being restored. */
    static QueryException unavailable(String message) {
        return new QueryException(503, "UNAVAILABLE", "", message);
    }

    static QueryException busy(int limit) {
        return new QueryException(503, "BUSY", "", limit + " queries are being answered; ask again");
    }

    /** Another instance answers, but not as it should. */
    static QueryException badPeer(String instance, String message) {
        return new QueryException(502, "BAD_INSTANCE", "", "instance " + instance + " " + message);
    }

    int status() {
        return status;
    }

    boolean isTransient() {
        return status == 503;
    }

    Json.Problem problem() {
        return new Json.Problem(code, field, getMessage());
    }
}
