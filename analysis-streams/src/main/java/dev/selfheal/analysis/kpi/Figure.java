package dev.selfheal.analysis.kpi;

/** What is summed. Written by ordinal: add at the end only. */
public enum Figure {
    /** Cases opened, those included that ended at once. */
    OPENED,
    /** Requests for a patch. */
    ATTEMPTS,
    /** Cases whose outcome is a patch that stands; taken back when it does not. */
    SUCCEEDED,
    /** Cases whose outcome is none, or a patch that did not stand. */
    FAILED,
    APPROVED,
    DEPLOYED,
    HEALED,
    EXHAUSTED,
    ABSTAINED,
    SUPPRESSED,
    REGRESSED,
    ROLLED_BACK,
    /** Ended by a person before there was an outcome. */
    STOPPED,
    /** Patches that were approved or out and then refused, regressed or rolled back. */
    REJECTED_AFTER_APPROVAL,
    /** Cases summed in {@link #MS_TO_APPROVED}. */
    TIMED_APPROVED,
    /** Milliseconds from opening to the first approval. */
    MS_TO_APPROVED,
    /** Cases summed in {@link #MS_TO_HEALED}. */
    TIMED_HEALED,
    /** Milliseconds from opening to HEALED. */
    MS_TO_HEALED,
    /** Paid for models, millionths of a US dollar. */
    COST_MICRO_USD
}
