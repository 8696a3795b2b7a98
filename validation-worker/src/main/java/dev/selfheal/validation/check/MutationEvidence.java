package dev.selfheal.validation.check;

/**
 * What mutants of the patched lines showed.
 *
 * @param mutants that compiled and were run
 * @param noticed of these, the ones that some test noticed
 */
public record MutationEvidence(int mutants, int noticed) {

    public static MutationEvidence none() {
        return new MutationEvidence(0, 0);
    }

    /** Share that was noticed, 0..1; 1 when nothing was tried, for then it says nothing against the tests. */
    public double score() {
        return mutants == 0 ? 1 : (double) noticed / mutants;
    }
}
