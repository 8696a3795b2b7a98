package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.PatchProposal;
import java.util.List;
import java.util.function.Function;

/** Is the proposal what it says it is: for this service and commit, of a sane size, and under its own digest? */
public final class IntegrityCheck implements Check {

    /** Characters in all hunks together: some hundred lines before and after. No repair of an error is longer. */
    static final int MAX_SIZE = 1 << 15;

    private final Function<List<FileEdit>, String> digest;

    /**
     * @param digest the canonical digest of edits, lower-case hex
     */
    public IntegrityCheck(Function<List<FileEdit>, String> digest) {
        this.digest = digest;
    }

    @Override
    public String name() {
        return "integrity";
    }

    @Override
    public CheckReport run(Trial trial) {
        PatchProposal proposal = trial.job().proposal();
        CandidatePatch candidate = trial.candidate();
        if (!proposal.getService().equals(trial.job().policy().getService())) {
            return refuse("SH-INTEGRITY-SERVICE", "the proposal is for another service than its policy");
        }
        if (!proposal.getBaseCommit().equals(trial.job().commit())) {
            return refuse(
                    "SH-INTEGRITY-BASE",
                    "the proposal is for commit " + shown(proposal.getBaseCommit()) + ", the service's source is at "
                            + shown(trial.job().commit()));
        }
        if (candidate.getEdits().isEmpty()) {
            return refuse("SH-INTEGRITY-EMPTY", "the patch changes no file");
        }
        if (size(candidate) > MAX_SIZE) {
            return refuse("SH-INTEGRITY-SIZE", "the patch is larger than " + MAX_SIZE + " characters");
        }
        if (!digest.apply(candidate.getEdits()).equals(candidate.getPatchId())) {
            return refuse("SH-INTEGRITY-DIGEST", "the patch id is not the digest of its edits");
        }
        return CheckReport.passed("patch " + shown(candidate.getPatchId()) + " on "
                + shown(trial.job().commit()));
    }

    private static long size(CandidatePatch candidate) {
        long size = 0;
        for (FileEdit edit : candidate.getEdits()) {
            size += edit.getPath().length();
            for (Hunk hunk : edit.getHunks()) {
                size += hunk.getBefore().stream().mapToLong(String::length).sum();
                size += hunk.getAfter().stream().mapToLong(String::length).sum();
                size += hunk.getBefore().size() + hunk.getAfter().size();
            }
        }
        return size;
    }

    private static String shown(String id) {
        String known = id.isEmpty() ? "unknown" : id;
        return known.substring(0, Math.min(12, known.length()));
    }

    private static CheckReport refuse(String rule, String message) {
        return CheckReport.refuted(finding(rule, FindingLevel.ERROR, message));
    }
}
