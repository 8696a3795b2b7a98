package dev.selfheal.analysis.confidence;

import dev.selfheal.analysis.confidence.CaseOutcome.Kind;
import dev.selfheal.event.ProposerRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a proposer, as a Beta distribution. Pure. Old evidence fades by a hundredth with each new outcome, so
 * that about the last hundred count and a proposer that has changed is known again.
 */
final class ProposerRecords {

    /** Stands for all error types together. */
    static final String ALL = "*";

    /** Of a proposer nothing is known of: every share of success is equally likely. */
    private static final double UNIFORM = 1;

    /** Outcomes' worth of what is known of all types that a single type begins with. */
    private static final double INHERITED = 2;

    private static final double FADING = 0.99;

    private ProposerRecords() {}

    static String key(String proposer, String errorType) {
        return proposer + "|" + errorType;
    }

    /** A record to begin with; a single type begins where the proposer stands as a whole. */
    static ProposerRecord prior(String proposer, String errorType, Optional<ProposerRecord> all, Instant at) {
        double mean = all.map(ProposerRecords::mean).orElse(0.5);
        boolean inherits = all.isPresent();
        return ProposerRecord.newBuilder()
                .setProposer(proposer)
                .setErrorType(errorType)
                .setAlpha(inherits ? INHERITED * mean : UNIFORM)
                .setBeta(inherits ? INHERITED * (1 - mean) : UNIFORM)
                .setUpdatedAt(at)
                .build();
    }

    /**
     * @param before what the same patch has counted for until now; empty for one not counted yet
     */
    static ProposerRecord learned(ProposerRecord known, Optional<Kind> before, Kind kind, Instant at) {
        double fading = before.isPresent() ? 1 : FADING;
        double success = kind.success() - before.map(Kind::success).orElse(0.0);
        double failure = kind.failure() - before.map(Kind::failure).orElse(0.0);
        return ProposerRecord.newBuilder(known)
                .setAlpha(Math.max(LEAST, known.getAlpha() * fading + success))
                .setBeta(Math.max(LEAST, known.getBeta() * fading + failure))
                .setUpdatedAt(at)
                .build();
    }

    /** Fading and corrections never take a distribution's last weight away. */
    private static final double LEAST = 0.1;

    static double mean(ProposerRecord known) {
        return known.getAlpha() / (known.getAlpha() + known.getBeta());
    }
}
