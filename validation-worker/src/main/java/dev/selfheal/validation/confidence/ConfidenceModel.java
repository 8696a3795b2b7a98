package dev.selfheal.validation.confidence;

import dev.selfheal.event.Calibration;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.ProposerRecord;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import java.util.EnumMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Scores a tried candidate by all that is known of it, and calibrates the score by the newest calibration. Without a proven
 * reproduction both are capped, whatever else speaks for it. Thread-safe if the tables are.
 */
public final class ConfidenceModel {

    /** Key of the calibration that is meant for this score. */
    public static final String CALIBRATION = "confidence";

    static final double WITHOUT_PROOF = 0.40;

    private final ProposerTrack proposers;
    private final Supplier<Optional<Calibration>> calibration;

    /**
     * @param records the newest record by {@code proposer|errorType}
     * @param calibration the newest one
     */
    public ConfidenceModel(
            Function<String, Optional<ProposerRecord>> records, Supplier<Optional<Calibration>> calibration) {
        this.proposers = new ProposerTrack(records);
        this.calibration = calibration;
    }

    /** Knows nothing of earlier outcomes. */
    public static ConfidenceModel withoutHistory() {
        return new ConfidenceModel(key -> Optional.empty(), Optional::empty);
    }

    public Confidence of(Tried tried) {
        EnumMap<Factor, Double> factors = factors(tried);
        double cap = tried.trial().reproduction().proves() ? 1 : WITHOUT_PROOF;
        double raw = Math.min(cap, Confidence.score(factors));
        double calibrated = calibration
                .get()
                .map(known -> CalibrationCurve.apply(known, raw))
                .orElse(raw);
        return new Confidence(raw, Math.min(cap, calibrated), factors);
    }

    private EnumMap<Factor, Double> factors(Tried tried) {
        PatchProposal proposal = tried.trial().job().proposal();
        CandidatePatch candidate = tried.trial().candidate();
        EnumMap<Factor, Double> factors = new EnumMap<>(Factor.class);
        factors.put(
                Factor.EVIDENCE,
                Factors.evidence(
                        tried.trial().reproduction(),
                        tried.trial().tests(),
                        tried.trial().mutation()));
        factors.put(Factor.RISK, Factors.risk(tried));
        factors.put(Factor.PROPOSER, proposers.of(proposal, candidate));
        factors.put(Factor.CLASSIFICATION, Factors.classification(proposal.getClassification()));
        factors.put(Factor.LOCALISATION, TouchedLines.localisation(candidate, proposal.getSuspects()));
        factors.put(Factor.AGREEMENT, TouchedLines.agreement(candidate, proposal));
        factors.put(Factor.RANKING, Factors.ranking(candidate.getScore()));
        return factors;
    }
}
