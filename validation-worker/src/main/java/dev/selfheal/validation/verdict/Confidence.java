package dev.selfheal.validation.verdict;

import dev.selfheal.validation.check.ReproductionEvidence;
import dev.selfheal.validation.check.TestEvidence;

/**
 * How far the evidence goes, 0..1. Most of it is evidence, little of it is opinion:
 *
 * <ul>
 *   <li>0.40 for a reproduction that failed before and passes after;
 *   <li>up to 0.35 for affected tests that passed before and still do, each one taking a tenth of what is left, because
 *       the fiftieth test says less than the first;
 *   <li>up to 0.15 for a small change: what is not touched cannot break;
 *   <li>up to 0.09 for the proposer's own ranking.
 * </ul>
 *
 * <p>Without a proven reproduction the sum is capped at 0.40. It is not a calibrated probability: a patch that overfits,
 * passing the reproduction and every test while being wrong elsewhere, gets the same figure as a right one. Studies of
 * repair tools put that share at a fifth to two fifths of plausible patches.
 */
public final class Confidence {

    static final double WITHOUT_PROOF = 0.40;

    private static final double PROOF = 0.40;
    private static final double TESTS = 0.35;
    private static final double LEFT_PER_TEST = 0.9;
    private static final double SMALLNESS = 0.15;
    private static final double RANKING = 0.09;

    /** A change of this many lines is no longer small. */
    private static final int LARGE = 40;

    private Confidence() {}

    /**
     * @param changedLines lines added plus removed
     * @param score the proposer's ranking, 0..1; anything else counts as 0
     */
    public static double of(ReproductionEvidence reproduction, TestEvidence tests, int changedLines, double score) {
        double sum = reproduction.proves() ? PROOF : 0;
        sum += TESTS * (1 - Math.pow(LEFT_PER_TEST, tests.passing()));
        sum += SMALLNESS * Math.max(0, 1 - (double) changedLines / LARGE);
        sum += score >= 0 && score <= 1 ? RANKING * score : 0;
        return reproduction.proves() ? sum : Math.min(sum, WITHOUT_PROOF);
    }
}
