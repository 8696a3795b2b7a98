package dev.selfheal.validation.sandbox;

/**
 * Why a sandboxed process was stopped or not believed.
 *
 * @param detail for people: limit, exit code, what was seen
 */
public record Containment(Kind kind, String detail) {

    public enum Kind {
        /** Ran past the job's time. */
        TIMEOUT,
        /** Ran out of memory, processes, files or output. */
        LIMIT,
        /** Ended before it reported. */
        DIED,
        /** Reported something that cannot be true: wrong nonce, wrong count, a canary that should fail passed. */
        FORGED,
        /** The sandbox itself could not be set up. */
        UNAVAILABLE
    }
}
