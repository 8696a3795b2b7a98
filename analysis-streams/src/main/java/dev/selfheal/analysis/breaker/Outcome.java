package dev.selfheal.analysis.breaker;

/** What a breaker is told of a healing case. */
public enum Outcome {
    /** A request went out. */
    REQUESTED,
    /** The case ended with an approved patch. */
    SUCCEEDED,
    /** The case ended with nothing. */
    FAILED
}
