package dev.selfheal.validation.confidence;

import dev.selfheal.event.Classification;
import dev.selfheal.event.FaultClass;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import dev.selfheal.validation.check.MutationEvidence;
import dev.selfheal.validation.check.ReproductionEvidence;
import dev.selfheal.validation.check.TestEvidence;
import dev.selfheal.validation.edit.AppliedPatch;
import java.util.Optional;

/** The factors that follow from one candidate's trial alone. Pure; each is 0..1, and 0.5 where nothing is known. */
final class Factors {

    static final double NEUTRAL = 0.5;

    /** Proof without a single test; the tests share what is left to 1. */
    private static final double PROVEN = 0.75;

    /** All the tests in the world, without proof. */
    private static final double UNPROVEN = 0.3;

    /** Each test leaves nine tenths of the doubt: the fiftieth says less than the first. */
    private static final double LEFT_PER_TEST = 0.9;

    /** A change of this many lines is no longer small. */
    private static final int LARGE = 40;

    private Factors() {}

    /** Tests count as far as they notice mutants of the patched lines: those that look elsewhere say nothing about these. */
    static double evidence(ReproductionEvidence reproduction, TestEvidence tests, MutationEvidence mutation) {
        double tested = (1 - Math.pow(LEFT_PER_TEST, tests.passing())) * mutation.score();
        return reproduction.proves() ? PROVEN + (1 - PROVEN) * tested : UNPROVEN * tested;
    }

    /** Smallness, halved by every finding that a reviewer should see. */
    static double risk(Tried tried) {
        int lines = tried.trial().applied().map(AppliedPatch::changedLines).orElse(LARGE);
        long findings = tried.results().stream()
                .flatMap(result -> result.getFindings().stream())
                .filter(finding -> finding.getLevel() != FindingLevel.NOTE)
                .count();
        return Math.max(0, 1 - (double) lines / LARGE) * Math.pow(0.5, (double) findings);
    }

    static double classification(Optional<Classification> classification) {
        return classification
                .filter(found -> found.getFaultClass() != FaultClass.UNKNOWN)
                .map(found -> found.getFaultClass() == FaultClass.CODE
                        ? Math.max(NEUTRAL, found.getConfidence())
                        : Math.min(NEUTRAL, 1 - found.getConfidence()))
                .orElse(NEUTRAL);
    }

    static double ranking(double score) {
        return score >= 0 && score <= 1 ? score : NEUTRAL;
    }
}
