package dev.selfheal.attestation;

/** What came of verifying an attestation. */
public sealed interface Verification {

    /**
     * Signed by a pinned key, in time, and about what was expected. Look at {@link ValidationStatement#verdict()} before
     * acting on it: refusals are signed too.
     */
    record Valid(ValidationStatement statement, String keyId) implements Verification {}

    /**
     * Not to be relied on.
     *
     * @param detail for people
     */
    record Invalid(Reason reason, String detail) implements Verification {}

    /** Why an attestation is refused. */
    enum Reason {
        /** It is no DSSE envelope with a validation statement in it. */
        MALFORMED,
        /** None of its signatures is by a pinned key. */
        UNKNOWN_KEY,
        /** A signature that claims to be by a pinned key is not. */
        SIGNATURE,
        /** Its time is over. */
        EXPIRED,
        /** It is from the future. */
        NOT_YET_VALID,
        /** It is about another patch or another tree. */
        DIGEST_MISMATCH,
        /** It is about another base commit. */
        BASE_COMMIT_MISMATCH,
        /** The verdict it came with says something else than the statement: verdict, case or service. */
        CONTENT_MISMATCH
    }
}
