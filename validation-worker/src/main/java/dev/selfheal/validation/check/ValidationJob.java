package dev.selfheal.validation.check;

import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.SourceBuild;

/**
 * What every candidate of one proposal is measured against. Policy, commit and baseline come from our own topics and
 * mirrors; the proposal is only data.
 *
 * @param commit the commit that the policy's source gives for the reported error
 */
public record ValidationJob(
        PatchProposal proposal, HealingPolicy policy, String commit, Baseline baseline, Deadline deadline) {

    /** True where one program runs all tests, whatever the language. */
    boolean isCommand() {
        return SourceBuild.isCommand(policy.getSource());
    }
}
