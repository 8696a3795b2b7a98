package dev.selfheal.analysis.breaker;

/** What a breaker is told of a healing case; a case may have several, the later ones being the surer. */
public enum Outcome {
    /** A request went out. */
    REQUESTED,
    /** The case came to an approved patch. */
    SUCCEEDED,
    /** The case ended with nothing. */
    FAILED,
    /** A person refused a patch that the validator had let through. */
    REJECTED,
    /** The deployed patch has proved itself. */
    HEALED,
    /** The deployed patch made things worse, or was taken back: worse than no patch. */
    REGRESSED
}
