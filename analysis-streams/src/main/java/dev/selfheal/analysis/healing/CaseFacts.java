package dev.selfheal.analysis.healing;

import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.HealingCase;
import dev.selfheal.event.Hunk;
import dev.selfheal.event.ModelUsage;
import dev.selfheal.event.PatchProposal;
import dev.selfheal.event.PatchVerdict;
import dev.selfheal.event.PatchedLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a case keeps of the answers it got. */
final class CaseFacts {

    private CaseFacts() {}

    static HealingCase proposed(HealingCase before, PatchProposal proposal) {
        double cost =
                proposal.getUsage().stream().mapToDouble(ModelUsage::getCostUsd).sum();
        return HealingCase.newBuilder(before)
                .setCostUsd(before.getCostUsd() + cost)
                .setProvider(proposal.getProvider())
                .build();
    }

    /**
     * @param overtook true when the proposal it is about has not been seen, so that its cost is not counted yet
     */
    static HealingCase judged(HealingCase before, PatchVerdict verdict, boolean overtook) {
        Optional<CandidatePatch> candidate = verdict.getCandidate();
        List<FileEdit> edits = candidate.map(CandidatePatch::getEdits).orElse(List.of());
        return HealingCase.newBuilder(before)
                .setCostUsd(before.getCostUsd() + (overtook ? verdict.getCostUsd() : 0))
                .setProvider(verdict.getProvider().isEmpty() ? before.getProvider() : verdict.getProvider())
                .setPatchId(candidate.map(CandidatePatch::getPatchId).orElse(""))
                .setDiffSha256(verdict.getDiffSha256())
                .setChangedLines(changedLines(edits))
                .setPatched(patchedLines(edits))
                .setConfidence(verdict.getConfidence())
                .setRawConfidence(verdict.getRawConfidence())
                .build();
    }

    /** Lines added and removed. */
    static int changedLines(List<FileEdit> edits) {
        return edits.stream()
                .flatMap(edit -> edit.getHunks().stream())
                .mapToInt(hunk -> hunk.getBefore().size() + hunk.getAfter().size())
                .sum();
    }

    /** Where the new lines stand in the patched files: every hunk before one moves it by what it adds or removes. */
    static List<PatchedLines> patchedLines(List<FileEdit> edits) {
        List<PatchedLines> patched = new ArrayList<>();
        for (FileEdit edit : edits) {
            int moved = 0;
            for (Hunk hunk : edit.getHunks()) {
                int first = hunk.getStartLine() + moved;
                patched.add(new PatchedLines(
                        edit.getPath(), first, first + hunk.getAfter().size() - 1));
                moved += hunk.getAfter().size() - hunk.getBefore().size();
            }
        }
        return List.copyOf(patched);
    }
}
