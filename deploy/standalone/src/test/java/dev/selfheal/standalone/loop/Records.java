package dev.selfheal.standalone.loop;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CaseState;
import dev.selfheal.event.CaseTransition;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.Evidence;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.ProposalOutcome;
import dev.selfheal.event.RefutedCandidate;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.VerdictKind;
import java.time.Instant;
import java.util.List;

/** Records of one case, as the topics would carry them. */
public final class Records {

    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final PatchOrigin NULL_GUARD = PatchOrigin.newBuilder()
            .setKind(OriginKind.TEMPLATE)
            .setName("null-guard")
            .build();

    private Records() {}

    public static ErrorEvent error(String service) {
        return ErrorEvent.newBuilder()
                .setEventId("e-1")
                .setGroup("v1:0123")
                .setService(service)
                .setOccurredAt(AT)
                .setReceivedAt(AT)
                .setExceptions(List.of(ExceptionInfo.newBuilder()
                        .setType("java.lang.NullPointerException")
                        .setMessage("because \"x\" is null")
                        .setFrames(List.of(StackFrame.newBuilder()
                                .setModule("org.example.Cart")
                                .setFunction("total")
                                .setLine(7)
                                .setInApp(true)
                                .build()))
                        .build()))
                .build();
    }

    public static HealingCase inState(String service, CaseState state, String reason) {
        return HealingCase.newBuilder()
                .setCaseId("case-1")
                .setGroup("v1:0123")
                .setService(service)
                .setState(state)
                .setAttempt(1)
                .setOpenedAt(AT)
                .setUpdatedAt(AT)
                .setHistory(List.of(CaseTransition.newBuilder()
                        .setFrom(CaseState.PROPOSED)
                        .setTo(state)
                        .setAt(AT)
                        .setReason(reason)
                        .build()))
                .build();
    }

    public static PatchProposal proposal(String service, ProposalOutcome outcome) {
        return PatchProposal.newBuilder()
                .setProposalId("p-1")
                .setCaseId("case-1")
                .setGroup("v1:0123")
                .setService(service)
                .setAttempt(1)
                .setOutcome(outcome)
                .setReason(outcome == ProposalOutcome.PROPOSED ? null : "no template fits")
                .setProposedAt(AT)
                .setEvent(error(service))
                .setCandidates(outcome == ProposalOutcome.PROPOSED ? List.of(candidate()) : List.of())
                .build();
    }

    public static PatchVerdict verdict(String service, VerdictKind kind) {
        return PatchVerdict.newBuilder()
                .setVerdictId("v-1")
                .setProposalId("p-1")
                .setCaseId("case-1")
                .setGroup("v1:0123")
                .setService(service)
                .setAttempt(1)
                .setVerdict(kind)
                .setReason("the reproduction fails before and passes after")
                .setDecidedAt(AT)
                .setBaseCommit("b".repeat(40))
                .setCandidate(candidate())
                .setDiff("--- a/A.java\n+++ b/A.java\n@@ -1 +1 @@\n-a\n+b\n")
                .setChecks(List.of(CheckResult.newBuilder()
                        .setName("compiles")
                        .setOutcome(CheckOutcome.PASSED)
                        .setDurationMs(120)
                        .setSummary("1 class")
                        .build()))
                .setRefuted(List.of(RefutedCandidate.newBuilder()
                        .setPatchId("c2")
                        .setOrigin(NULL_GUARD)
                        .setCheck("reproduction")
                        .setReason("still fails")
                        .build()))
                .setEvidence(Evidence.newBuilder()
                        .setReproduction("org.example.CartTest#total")
                        .setFailedBefore(true)
                        .setPassedAfter(true)
                        .build())
                .setConfidence(0.75)
                .setAttestation("{\"payloadType\":\"application/vnd.in-toto+json\"}")
                .build();
    }

    private static CandidatePatch candidate() {
        return CandidatePatch.newBuilder()
                .setPatchId("c1")
                .setOrigin(NULL_GUARD)
                .setEdits(List.of())
                .setExplanation("returns 0 when x is null")
                .build();
    }
}
