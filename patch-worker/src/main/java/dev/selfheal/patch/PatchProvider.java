package dev.selfheal.patch;

import dev.selfheal.errors.HealingException;

/** Somebody who proposes patches. Thread-safe. */
interface PatchProvider {

    /** What policies and requests call it. */
    String name();

    /**
     * May block until the request's deadline.
     *
     * @throws HealingException when the job's source tree cannot be read
     */
    ProviderAnswer propose(ProposalContext context) throws HealingException, InterruptedException;
}
