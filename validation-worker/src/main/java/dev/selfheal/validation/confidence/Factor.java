package dev.selfheal.validation.confidence;

import java.util.Locale;

/**
 * What confidence is made of. The weights are the most log-odds (nats) a factor adds or takes; they are judgements, and what
 * is wrong with them calibration corrects. Evidence outweighs every opinion.
 */
public enum Factor {
    EVIDENCE(2.0, "the reproduction that failed before and passes after, and tests that still pass"),
    RISK(1.2, "how small the change is, and how few findings it has"),
    PROPOSER(1.0, "how often this proposer was right about this type of error"),
    CLASSIFICATION(0.8, "how sure it is that the fault is in the code"),
    LOCALISATION(0.8, "whether it touches the place most suspected"),
    AGREEMENT(0.5, "how many others, independent of it, change the same lines"),
    RANKING(0.3, "the proposer's own score");

    private final double weight;
    private final String doc;

    Factor(double weight, String doc) {
        this.weight = weight;
        this.doc = doc;
    }

    double weight() {
        return weight;
    }

    String doc() {
        return doc;
    }

    /** Its name in {@code PatchVerdict.confidenceFactors}. */
    String published() {
        return name().toLowerCase(Locale.ROOT);
    }
}
