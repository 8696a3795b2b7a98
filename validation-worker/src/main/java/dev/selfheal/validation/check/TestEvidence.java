package dev.selfheal.validation.check;

/**
 * What the affected tests showed.
 *
 * @param before tests that the base reported in the same classes
 * @param run tests that ran on the patched tree
 * @param passing of these, the ones that pass on the base and on the patched tree
 * @param knownFailures of these, the ones that fail on the base too
 * @param newFailures of these, the ones that pass on the base and fail on the patched tree
 */
public record TestEvidence(int before, int run, int passing, int knownFailures, int newFailures) {

    public static TestEvidence none() {
        return new TestEvidence(0, 0, 0, 0, 0);
    }
}
