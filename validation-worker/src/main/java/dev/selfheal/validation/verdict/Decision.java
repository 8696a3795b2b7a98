package dev.selfheal.validation.verdict;

/** What becomes of a proposal, and why in one sentence. */
public sealed interface Decision {

    String reason();

    /** Proven in the sandbox, within every limit of the policy. */
    record Approved(String reason) implements Decision {}

    /** Not refuted, and not proven enough to go out without a person. */
    record NeedsReview(String reason) implements Decision {}

    /** Every candidate was refuted, or there was nothing to try. */
    record Rejected(String reason) implements Decision {}
}
