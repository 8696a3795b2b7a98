package dev.selfheal.patch;

import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.patch.localise.Localisation;
import java.nio.file.Path;
import java.util.Set;

/**
 * One request with all that providers need to answer it.
 *
 * @param sourceTree the repository's files at the base commit; read-only, gone after the job
 * @param refuted patch ids that are not to be proposed again
 */
record ProposalContext(
        HealingRequest request, HealingPolicy policy, Path sourceTree, Localisation localisation, Set<String> refuted) {

    ProposalContext {
        refuted = Set.copyOf(refuted);
    }
}
