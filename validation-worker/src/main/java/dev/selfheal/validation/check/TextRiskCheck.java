package dev.selfheal.validation.check;

import dev.selfheal.event.CommandBuild;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.command.CommandSuite;
import dev.selfheal.validation.command.TextRisk;
import dev.selfheal.validation.edit.AppliedPatch.PatchedFile;
import dev.selfheal.validation.edit.SourceText;
import java.util.ArrayList;
import java.util.List;

/**
 * Does the text of the patch reach for what a fix seldom needs? For languages that are not parsed; because of that a person
 * decides even where nothing is found, unless the policy says otherwise and the tests are told apart and guarded.
 */
public final class TextRiskCheck implements Check {

    @Override
    public String name() {
        return "risk";
    }

    @Override
    public CheckReport run(Trial trial) {
        CommandBuild build = trial.job().policy().getSource().getCommand().orElseThrow();
        List<Finding> findings = new ArrayList<>();
        for (PatchedFile file : trial.requireApplied().files()) {
            findings.addAll(TextRisk.of(
                    file.path(),
                    file.before().map(SourceText::lines).orElse(List.of()),
                    file.after().lines()));
        }
        findings.add(CheckReport.finding(
                "SH-TEXT-ONLY",
                mayBeAutonomous(build) ? FindingLevel.NOTE : FindingLevel.WARNING,
                "the risks of this language are searched as text only"));
        return CheckReport.of(findings, "nothing risky is found in the text");
    }

    private static boolean mayBeAutonomous(CommandBuild build) {
        boolean guarded = switch (build.getRunner()) {
            case PYTEST, NODE -> true;
            case UNKNOWN -> false;
        };
        return build.getAutonomous() && guarded && CommandSuite.reports(build);
    }
}
