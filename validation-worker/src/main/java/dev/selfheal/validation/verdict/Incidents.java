package dev.selfheal.validation.verdict;

import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.SecurityIncident;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Which findings are attacks rather than mistakes. Pure. */
public final class Incidents {

    private static final Set<String> HOSTILE = Set.of(
            "SH-POLICY-ESCAPE",
            "SH-POLICY-GIT",
            "SH-POLICY-CREDENTIALS",
            "SH-APPLY-LINK",
            "SH-COMPILE-FOREIGN",
            "SH-BEHAVIOUR-EFFECT",
            "SH-SANDBOX-FORGED",
            "SH-SANDBOX-LIMIT",
            "SH-SANDBOX-DIED");

    private Incidents() {}

    /** One per candidate and rule, with ids that are the same on every delivery. */
    public static List<SecurityIncident> of(PatchProposal proposal, Judgement judgement, Instant at) {
        return judgement.tried().stream()
                .flatMap(tried -> tried.results().stream()
                        .map(CheckResult::getFindings)
                        .flatMap(List::stream)
                        .filter(Incidents::isHostile)
                        .map(finding -> incident(proposal, tried, finding, at)))
                .distinct()
                .toList();
    }

    static boolean isHostile(Finding finding) {
        return finding.getLevel() == FindingLevel.ERROR
                && (HOSTILE.contains(finding.getRuleId()) || finding.getRuleId().startsWith("SH-RISK-"));
    }

    private static SecurityIncident incident(PatchProposal proposal, Tried tried, Finding finding, Instant at) {
        String patchId = tried.trial().candidate().getPatchId();
        String identity =
                proposal.getProposalId() + "\n" + patchId + "\n" + finding.getRuleId() + "\n" + finding.getMessage();
        return SecurityIncident.newBuilder()
                .setIncidentId(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setCaseId(proposal.getCaseId())
                .setService(proposal.getService())
                .setProposalId(proposal.getProposalId())
                .setPatchId(patchId)
                .setRule(finding.getRuleId())
                .setDescription(finding.getMessage())
                .setAt(at)
                .build();
    }
}
