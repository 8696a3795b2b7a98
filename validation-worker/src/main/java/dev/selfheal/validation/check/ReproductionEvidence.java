package dev.selfheal.validation.check;

import java.util.Optional;

/**
 * What the reproduction showed.
 *
 * @param selector empty when the error carried none
 * @param failedBefore it failed on the base as the error was reported
 * @param passedAfter it passed on the patched tree
 * @param ownTest the candidate's proposer wrote it
 */
public record ReproductionEvidence(
        Optional<String> selector, boolean failedBefore, boolean passedAfter, boolean ownTest) {

    public ReproductionEvidence(Optional<String> selector, boolean failedBefore, boolean passedAfter) {
        this(selector, failedBefore, passedAfter, false);
    }

    public static ReproductionEvidence none() {
        return new ReproductionEvidence(Optional.empty(), false, false);
    }

    /** The one thing that allows approval without a person. */
    public boolean proves() {
        return failedBefore && passedAfter;
    }
}
