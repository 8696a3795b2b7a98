package dev.selfheal.analysis.confidence;

/**
 * How one attempt of one case turned out, as far as is known now.
 *
 * @param attempt from 1; with the case's id it names one patch
 * @param provider who made the patch
 * @param errorType root cause's type; empty when unknown
 * @param rawConfidence the verdict's score before calibration, 0..1
 * @param confidence the probability that was given, 0..1
 */
public record CaseOutcome(
        String caseId,
        int attempt,
        String provider,
        String errorType,
        double rawConfidence,
        double confidence,
        Kind kind) {

    /** What became of the patch. */
    public enum Kind {
        /** The sandbox proved it; nobody knows yet whether it is right. */
        PROVEN(0.5, 0),
        /** It healed, or a person approved it. */
        RIGHT(1, 0),
        /** It regressed, was rolled back, did not help, or a person rejected it. */
        WRONG(0, 1),
        /** The validator refuted everything that was proposed. */
        REFUTED(0, 1);

        private final double success;
        private final double failure;

        Kind(double success, double failure) {
            this.success = success;
            this.failure = failure;
        }

        /** What the proposer gains. */
        double success() {
            return success;
        }

        /** What counts against the proposer. */
        double failure() {
            return failure;
        }

        /** True when it says whether the score was right: a refuted patch never got one to act on. */
        boolean isTruth() {
            return this == RIGHT || this == WRONG;
        }
    }

    boolean isSamePatch(CaseOutcome other) {
        return caseId.equals(other.caseId) && attempt == other.attempt;
    }

    /** True when calibration can learn from it. */
    boolean isScored() {
        return kind.isTruth() && rawConfidence > 0;
    }

    boolean isRight() {
        return kind == Kind.RIGHT;
    }
}
