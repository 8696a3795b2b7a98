package dev.selfheal.validation.check;

import java.util.List;

/**
 * What the patch does otherwise than the base.
 *
 * @param compared calls made on both with the same arguments
 * @param changed of these, the ones that ended otherwise where they should not
 * @param newEffects what the tests reach for only with the patch
 */
public record BehaviourEvidence(int compared, int changed, List<String> newEffects) {

    public BehaviourEvidence {
        newEffects = List.copyOf(newEffects);
    }

    public static BehaviourEvidence none() {
        return new BehaviourEvidence(0, 0, List.of());
    }
}
