package dev.selfheal.validation.verdict;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Evidence;
import dev.selfheal.event.FlakyTest;
import dev.selfheal.event.Isolation;
import dev.selfheal.event.ModelUsage;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.RefutedCandidate;
import dev.selfheal.event.VerdictKind;
import dev.selfheal.validation.check.CheckPipeline.Tried;
import dev.selfheal.validation.check.CostEvidence;
import dev.selfheal.validation.check.Trial;
import dev.selfheal.validation.confidence.ProposerTrack;
import dev.selfheal.validation.edit.AppliedPatch;
import dev.selfheal.validation.edit.StrictEdits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes a judgement down as the record that is published, without its signature. Pure. */
public final class VerdictWriter {

    private final Isolation isolation;
    private final String jvm;

    /**
     * @param isolation of the sandbox
     * @param jvm version line of the JVM that runs the tests
     */
    public VerdictWriter(Isolation isolation, String jvm) {
        this.isolation = isolation;
        this.jvm = jvm;
    }

    /**
     * @param commit the base commit; what the proposal says when none could be resolved
     * @param took from proposal to verdict
     */
    public PatchVerdict write(
            PatchProposal proposal, Judgement judgement, String commit, Instant decidedAt, Duration took) {
        Optional<Trial> trial = judgement.about().map(Tried::trial);
        Optional<AppliedPatch> applied = trial.flatMap(Trial::applied);
        String diff = applied.map(AppliedPatch::diff).orElse("");
        return PatchVerdict.newBuilder()
                .setVerdictId(verdictId(proposal))
                .setProposalId(proposal.getProposalId())
                .setCaseId(proposal.getCaseId())
                .setGroup(proposal.getGroup())
                .setService(proposal.getService())
                .setAttempt(proposal.getAttempt())
                .setVerdict(kind(judgement.decision()))
                .setReason(judgement.decision().reason())
                .setDecidedAt(decidedAt)
                .setBaseCommit(commit)
                .setCandidate(trial.map(Trial::candidate).orElse(null))
                .setDiff(diff)
                .setDiffSha256(diff.isEmpty() ? "" : StrictEdits.sha256(diff.getBytes(StandardCharsets.UTF_8)))
                .setTree(trial.map(Trial::tree).orElse(""))
                .setChecks(judgement.about().map(Tried::results).orElse(List.of()))
                .setRefuted(
                        judgement.refuted().stream().map(VerdictWriter::refuted).toList())
                .setEvidence(evidence(trial))
                .setConfidence(judgement.confidence().calibrated())
                .setRawConfidence(judgement.confidence().raw())
                .setConfidenceFactors(judgement.confidence().named())
                .setProvider(trial.map(Trial::candidate)
                        .map(candidate -> ProposerTrack.provider(proposal, candidate))
                        .orElse(proposal.getProvider()))
                .setCostUsd(proposal.getUsage().stream()
                        .mapToDouble(ModelUsage::getCostUsd)
                        .sum())
                .setDurationMs(took.toMillis())
                .build();
    }

    /** The same for every delivery of a proposal, so that consumers recognise a repeated verdict. */
    static String verdictId(PatchProposal proposal) {
        return UUID.nameUUIDFromBytes(("verdict:" + proposal.getProposalId()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static VerdictKind kind(Decision decision) {
        if (decision instanceof Decision.Approved) {
            return VerdictKind.APPROVED;
        }
        return decision instanceof Decision.NeedsReview ? VerdictKind.NEEDS_REVIEW : VerdictKind.REJECTED;
    }

    private static RefutedCandidate refuted(Tried tried) {
        CandidatePatch candidate = tried.trial().candidate();
        CheckResult ending = tried.ending().orElseThrow();
        return new RefutedCandidate(
                candidate.getPatchId(), candidate.getOrigin(), ending.getName(), ending.getSummary());
    }

    private Evidence evidence(Optional<Trial> trial) {
        Evidence.Builder evidence = Evidence.newBuilder();
        trial.ifPresent(t -> {
            proof(evidence, t);
            strength(evidence, t);
        });
        return evidence.build();
    }

    private void proof(Evidence.Builder evidence, Trial trial) {
        evidence.setReproduction(trial.reproduction().selector().orElse(null))
                .setFailedBefore(trial.reproduction().failedBefore())
                .setPassedAfter(trial.reproduction().passedAfter())
                .setOwnTest(trial.reproduction().ownTest())
                .setTestsBefore(trial.tests().before())
                .setTestsRun(trial.tests().run())
                .setTestsPassing(trial.tests().passing())
                .setKnownFailures(trial.tests().knownFailures())
                .setNewFailures(trial.tests().newFailures())
                .setIsolation(isolation)
                .setJvm(jvm);
    }

    private static void strength(Evidence.Builder evidence, Trial trial) {
        evidence.setFlaky(trial.flaky().entrySet().stream()
                        .map(test -> new FlakyTest(
                                test.getKey(),
                                test.getValue().passed(),
                                test.getValue().failed()))
                        .toList())
                .setMutants(trial.mutation().mutants())
                .setMutantsKilled(trial.mutation().noticed())
                .setCallsCompared(trial.behaviour().compared())
                .setCallsChanged(trial.behaviour().changed())
                .setNewEffects(trial.behaviour().newEffects())
                .setSlowdown(trial.cost().map(CostEvidence::slowdown).orElse(null))
                .setAllocation(trial.cost().map(CostEvidence::allocation).orElse(null))
                .setSuiteTests(trial.suite())
                .setQuality(trial.quality().orElse(null));
    }
}
