package dev.selfheal.errors;

/** Stable codes of refusals and failures; documented in docs/errors.md. */
public enum ErrorCode {
    /** Bytes that are not a record of the topic's type. */
    MALFORMED_RECORD,
    /** A well-formed record whose content breaks the contract. */
    INVALID_RECORD,
    /** No policy is known for the service. */
    NO_POLICY,
    /** The repository or the commit cannot be had. */
    SOURCE_UNAVAILABLE,
    /** The base commit does not build. */
    BASE_BROKEN,
    /** A model or its provider failed for good. */
    MODEL_FAILED,
    /** The sandbox could not be set up. */
    SANDBOX_UNAVAILABLE,
    /** A service that this one needs is away: broker, registry, model. */
    DEPENDENCY_UNAVAILABLE,
    /** A bug of ours. */
    INTERNAL
}
