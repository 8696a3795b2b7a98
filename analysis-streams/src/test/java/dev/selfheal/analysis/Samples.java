package dev.selfheal.analysis;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.BudgetPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Decision;
import dev.selfheal.event.Deployment;
import dev.selfheal.event.DeploymentStatus;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.Evidence;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.HealingRequest;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.ReviewDecision;
import dev.selfheal.event.Severity;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.TriggerPolicy;
import dev.selfheal.event.VerdictKind;
import java.time.Instant;
import java.util.List;

/** Records as services send them. */
public final class Samples {

    public static final String SERVICE = "shop";
    public static final String GROUP = "v1:00000000000000000000000000000001";
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    /** Brought in by {@link #approvedPatch}. */
    public static final int PATCHED_LINE = 11;

    public static final String NULL_POINTER = "java.lang.NullPointerException";

    private Samples() {}

    public static ErrorEvent.Builder error(String eventId, Instant at) {
        return ErrorEvent.newBuilder()
                .setEventId(eventId)
                .setGroup(GROUP)
                .setService(SERVICE)
                .setSeverity(Severity.MEDIUM)
                .setOccurredAt(at)
                .setReceivedAt(at)
                .setExceptions(List.of(exception(NULL_POINTER)));
    }

    public static ErrorEvent.Builder reproducible(String eventId, Instant at) {
        return error(eventId, at)
                .setReproduction(Reproduction.newBuilder()
                        .setSelector("org.example.CartTest#addsNull")
                        .build());
    }

    public static ExceptionInfo exception(String type, StackFrame... frames) {
        return ExceptionInfo.newBuilder()
                .setType(type)
                .setFrames(List.of(frames))
                .build();
    }

    public static ExceptionInfo exception(String type) {
        return ExceptionInfo.newBuilder().setType(type).build();
    }

    public static HealingPolicy.Builder policy() {
        return HealingPolicy.newBuilder()
                .setService(SERVICE)
                .setSource(SourceRepository.newBuilder().setUrl("/srv/shop.git").build())
                .setTrigger(TriggerPolicy.newBuilder().build())
                .setAutonomy(AutonomyPolicy.newBuilder().build())
                .setBudget(budget().build())
                .setUpdatedAt(START);
    }

    /** Three attempts, ten minutes a step, an hour of rest. */
    public static BudgetPolicy.Builder budget() {
        return BudgetPolicy.newBuilder();
    }

    public static PatchProposal.Builder proposal(HealingRequest request, Instant at) {
        return PatchProposal.newBuilder()
                .setProposalId("proposal-" + request.getCaseId() + "-" + request.getAttempt())
                .setCaseId(request.getCaseId())
                .setGroup(request.getGroup())
                .setService(request.getService())
                .setAttempt(request.getAttempt())
                .setOutcome(ProposalOutcome.PROPOSED)
                .setProposedAt(at)
                .setEvent(request.getEvent())
                .setCandidates(List.of(candidate("patch-" + request.getAttempt())));
    }

    public static PatchProposal.Builder nothingFound(HealingRequest request, Instant at) {
        return proposal(request, at)
                .setOutcome(ProposalOutcome.NOTHING_FOUND)
                .setCandidates(List.of())
                .setReason("no template fits");
    }

    public static CandidatePatch candidate(String patchId) {
        return CandidatePatch.newBuilder()
                .setPatchId(patchId)
                .setOrigin(PatchOrigin.newBuilder()
                        .setKind(OriginKind.TEMPLATE)
                        .setName("null-guard")
                        .build())
                .setEdits(List.of(
                        FileEdit.newBuilder().setPath("src/main/java/Cart.java").build()))
                .build();
    }

    public static PatchVerdict.Builder verdict(HealingRequest request, VerdictKind kind, Instant at) {
        return PatchVerdict.newBuilder()
                .setVerdictId("verdict-" + request.getCaseId() + "-" + request.getAttempt())
                .setProposalId("proposal-" + request.getCaseId() + "-" + request.getAttempt())
                .setCaseId(request.getCaseId())
                .setGroup(request.getGroup())
                .setService(request.getService())
                .setAttempt(request.getAttempt())
                .setVerdict(kind)
                .setReason("because")
                .setDecidedAt(at)
                .setBaseCommit("0123456789abcdef0123456789abcdef01234567")
                .setCandidate(candidate("patch-" + request.getAttempt()))
                .setChecks(List.of(CheckResult.newBuilder()
                        .setName("reproduction")
                        .setOutcome(kind == VerdictKind.REJECTED ? CheckOutcome.FAILED : CheckOutcome.PASSED)
                        .setDurationMs(120)
                        .setSummary("still fails")
                        .build()))
                .setEvidence(Evidence.newBuilder().build());
    }

    /** Approved, with a patch that brings in lines 10 to 12 of a cart. */
    public static PatchVerdict.Builder approvedPatch(HealingRequest request, Instant at) {
        Hunk hunk = new Hunk(10, List.of("old"), List.of("new", "new", "new"));
        FileEdit edit = FileEdit.newBuilder()
                .setPath("src/main/java/org/example/Cart.java")
                .setHunks(List.of(hunk))
                .build();
        return verdict(request, VerdictKind.APPROVED, at)
                .setCandidate(CandidatePatch.newBuilder(candidate("patch-" + request.getAttempt()))
                        .setEdits(List.of(edit))
                        .build());
    }

    public static ReviewDecision.Builder review(String caseId, Decision decision, Instant at) {
        return ReviewDecision.newBuilder()
                .setCaseId(caseId)
                .setGroup(GROUP)
                .setDecision(decision)
                .setReviewer("ada")
                .setDecidedAt(at);
    }

    public static Deployment.Builder deployment(String caseId, DeploymentStatus status, Instant at) {
        return Deployment.newBuilder()
                .setDeploymentId("deployment-" + caseId)
                .setCaseId(caseId)
                .setGroup(GROUP)
                .setService(SERVICE)
                .setDiffSha256("00")
                .setStatus(status)
                .setAt(at);
    }
}
