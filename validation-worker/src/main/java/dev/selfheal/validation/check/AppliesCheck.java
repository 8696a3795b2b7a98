package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.errors.HealingException;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.edit.AppliedPatch;
import dev.selfheal.validation.edit.PatchRefused;
import dev.selfheal.validation.edit.StrictEdits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Do the edits fit the base exactly, and is the change as small as the policy wants? Leaves the canonical diff. */
public final class AppliesCheck implements Check {

    /** Git's id of a commit's tree after some files have changed. */
    @FunctionalInterface
    public interface TreeIds {
        String treeAfter(SourceRepository repository, String commit, Map<String, Optional<byte[]>> changes)
                throws HealingException;
    }

    private final TreeIds trees;

    public AppliesCheck(TreeIds trees) {
        this.trees = trees;
    }

    @Override
    public String name() {
        return "applies";
    }

    @Override
    public CheckReport run(Trial trial) {
        Baseline baseline = trial.job().baseline();
        try {
            AppliedPatch patch = new StrictEdits(baseline.root(), baseline.tree())
                    .apply(trial.candidate().getEdits());
            int most = trial.job().policy().getAutonomy().getMaxChangedLines();
            if (patch.changedLines() > most) {
                return CheckReport.refuted(finding(
                        "SH-POLICY-LINES",
                        FindingLevel.ERROR,
                        "the patch changes " + patch.changedLines() + " lines, the policy allows " + most));
            }
            trial.applied(patch, tree(trial, patch));
            return CheckReport.passed(patch.changedLines() + " line(s) changed in "
                    + patch.files().size() + " file(s)");
        } catch (PatchRefused e) {
            return CheckReport.refuted(
                    finding(e.ruleId(), FindingLevel.ERROR, e.path() + ": " + e.getMessage(), e.path(), e.line()));
        } catch (HealingException e) {
            return CheckReport.error(finding("SH-SOURCE", FindingLevel.ERROR, e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("the baseline of " + baseline.commit() + " cannot be read", e);
        }
    }

    private String tree(Trial trial, AppliedPatch patch) throws HealingException {
        Map<String, Optional<byte[]>> changes = new TreeMap<>();
        patch.files()
                .forEach(file ->
                        changes.put(file.path(), Optional.of(file.after().bytes())));
        return trees.treeAfter(trial.job().policy().getSource(), trial.job().commit(), changes);
    }
}
