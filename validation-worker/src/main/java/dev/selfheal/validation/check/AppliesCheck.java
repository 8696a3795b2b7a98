package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.edit.AppliedPatch;
import dev.selfheal.validation.edit.PatchRefused;
import dev.selfheal.validation.edit.StrictEdits;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Do the edits fit the base exactly, and is the change as small as the policy wants? Leaves the canonical diff. */
public final class AppliesCheck implements Check {

    @Override
    public String name() {
        return "applies";
    }

    @Override
    public CheckReport run(Trial trial) {
        Baseline baseline = trial.job().baseline();
        try {
            AppliedPatch patch = new StrictEdits(baseline.root(), baseline.tree()).apply(trial.candidate().getEdits());
            int most = trial.job().policy().getAutonomy().getMaxChangedLines();
            if (patch.changedLines() > most) {
                return CheckReport.refuted(finding(
                        "SH-POLICY-LINES",
                        FindingLevel.ERROR,
                        "the patch changes " + patch.changedLines() + " lines, the policy allows " + most));
            }
            trial.applied(patch);
            return CheckReport.passed(patch.changedLines() + " line(s) changed in " + patch.files().size() + " file(s)");
        } catch (PatchRefused e) {
            return CheckReport.refuted(
                    finding(e.ruleId(), FindingLevel.ERROR, e.path() + ": " + e.getMessage(), e.path(), e.line()));
        } catch (IOException e) {
            throw new UncheckedIOException("the baseline of " + baseline.commit() + " cannot be read", e);
        }
    }
}
