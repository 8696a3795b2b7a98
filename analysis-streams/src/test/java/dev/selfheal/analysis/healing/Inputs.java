package dev.selfheal.analysis.healing;

import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;

/** Answers that are published at once. */
final class Inputs {

    private Inputs() {}

    static CaseInput of(PatchProposal proposal) {
        return new CaseInput.ProposalArrived(proposal, proposal.getProposedAt());
    }

    static CaseInput of(PatchVerdict verdict) {
        return new CaseInput.VerdictArrived(verdict, verdict.getDecidedAt());
    }
}
