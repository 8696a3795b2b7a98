package dev.selfheal.patch;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.ModelUsage;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.event.SuspectLocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A proposal as far as it is known; grows from step to step. */
record ProposalDraft(
        HealingRequest request,
        Instant begun,
        String baseCommit,
        List<SuspectLocation> suspects,
        List<ModelUsage> usage) {

    ProposalDraft(HealingRequest request, Instant begun) {
        this(request, begun, "", List.of(), List.of());
    }

    ProposalDraft at(String commit) {
        return new ProposalDraft(request, begun, commit, suspects, usage);
    }

    ProposalDraft suspecting(List<SuspectLocation> locations) {
        return new ProposalDraft(request, begun, baseCommit, locations, usage);
    }

    ProposalDraft costing(List<ModelUsage> used) {
        return new ProposalDraft(request, begun, baseCommit, suspects, used);
    }

    PatchProposal with(List<CandidatePatch> candidates, Instant now) {
        return proposal(ProposalOutcome.PROPOSED, Optional.empty(), candidates, now);
    }

    PatchProposal without(ProposalOutcome outcome, String reason, Instant now) {
        return proposal(outcome, Optional.of(reason), List.of(), now);
    }

    /** The validator has as long as this worker had. */
    private Duration allowed() {
        return Duration.between(begun, request.getDeadline());
    }

    private static String provider(PatchOrigin origin) {
        return origin.getKind() == OriginKind.TEMPLATE ? TemplateProvider.NAME : origin.getVersion();
    }

    /** The same for a request that is delivered again, so that what follows recognises the second answer. */
    private String proposalId() {
        String name = request.getCaseId() + "#" + request.getAttempt();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private PatchProposal proposal(
            ProposalOutcome outcome, Optional<String> reason, List<CandidatePatch> candidates, Instant now) {
        return PatchProposal.newBuilder()
                .setProposalId(proposalId())
                .setCaseId(request.getCaseId())
                .setGroup(request.getGroup())
                .setService(request.getService())
                .setAttempt(request.getAttempt())
                .setOutcome(outcome)
                .setReason(reason.orElse(null))
                .setProposedAt(now)
                .setBaseCommit(baseCommit)
                .setEvent(request.getEvent())
                .setSuspects(suspects)
                .setCandidates(candidates)
                .setUsage(usage)
                .setDurationMs(Math.max(0, Duration.between(begun, now).toMillis()))
                .setRequestedAt(request.getRequestedAt())
                .setProvider(
                        candidates.isEmpty() ? "" : provider(candidates.get(0).getOrigin()))
                .setMode(request.getMode())
                .setClassification(request.getClassification().orElse(null))
                .setVerdictDeadline(now.plus(allowed()))
                .build();
    }
}
