package dev.selfheal.attestation;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Evidence;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.OriginKind;
import dev.selfheal.event.PatchOrigin;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.VerdictKind;
import java.time.Instant;
import java.util.List;

/** A verdict as the validator makes one. */
final class Verdicts {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final String BASE = "1111111111111111111111111111111111111111";
    static final String TREE = "2222222222222222222222222222222222222222";
    static final String DIFF = "--- a/X.java\n+++ b/X.java\n@@ -1 +1 @@\n-a\n+é\n";

    private Verdicts() {}

    static PatchVerdict.Builder approved() {
        List<FileEdit> edits =
                List.of(new FileEdit("X.java", "ab", false, List.of(new Hunk(1, List.of("a"), List.of("é")))));
        PatchOrigin origin = new PatchOrigin(OriginKind.TEMPLATE, "null-guard", "1");
        return PatchVerdict.newBuilder()
                .setVerdictId("v-1")
                .setProposalId("p-1")
                .setCaseId("case-1")
                .setGroup("v1:0")
                .setService("cart")
                .setAttempt(1)
                .setVerdict(VerdictKind.APPROVED)
                .setReason("the reproduction passes")
                .setDecidedAt(NOW)
                .setBaseCommit(BASE)
                .setCandidate(new CandidatePatch(PatchDigest.of(edits), origin, edits, "", 0.9, null))
                .setDiff(DIFF)
                .setDiffSha256(PatchDigest.sha256(DIFF))
                .setTree(TREE)
                .setChecks(List.of(new CheckResult("compiles", CheckOutcome.PASSED, 12L, "", List.of())))
                .setEvidence(Evidence.newBuilder()
                        .setReproduction("t.X#m")
                        .setFailedBefore(true)
                        .setPassedAfter(true)
                        .setTestsRun(3)
                        .setIsolation(Isolation.BUBBLEWRAP)
                        .setJvm("17")
                        .build());
    }

    static PatchVerdict signed(PatchVerdict.Builder verdict, AttestationSigner signer) {
        return PatchVerdict.newBuilder(verdict)
                .setAttestation(signer.attest(verdict.build()))
                .build();
    }
}
