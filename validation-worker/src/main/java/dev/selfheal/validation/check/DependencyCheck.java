package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.dependency.Advisories;
import dev.selfheal.validation.dependency.DependencyRules;
import dev.selfheal.validation.dependency.PomDelta;
import dev.selfheal.validation.edit.AppliedPatch.PatchedFile;
import dev.selfheal.validation.edit.SourceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does a patch that touches a POM only add dependencies the policy lists, with no advisory against them? Then a person
 * decides and nothing is run: what the new code does was resolved by nobody, and no build file of a patch ever reaches Maven.
 */
public final class DependencyCheck implements Check {

    private final Advisories advisories;

    public DependencyCheck(Advisories advisories) {
        this.advisories = advisories;
    }

    @Override
    public String name() {
        return "dependencies";
    }

    @Override
    public CheckReport run(Trial trial) {
        List<PatchedFile> poms = trial.requireApplied().files().stream()
                .filter(file -> PathRules.isPom(file.path()))
                .toList();
        if (poms.isEmpty()) {
            return CheckReport.skipped("the patch touches no build file");
        }
        Set<String> allowed = Set.copyOf(trial.job().policy().getDependencies().getAllowed());
        List<String> added = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (PatchedFile pom : poms) {
            findings.addAll(judge(pom, new DependencyRules(allowed, advisories), added));
        }
        if (!findings.isEmpty()) {
            return CheckReport.refuted(findings.get(0).getMessage(), findings);
        }
        return CheckReport.undecided(finding(
                "SH-DEPENDENCY-REVIEW",
                FindingLevel.WARNING,
                "the patch adds " + String.join(", ", added) + ", which the policy lists; "
                        + (advisories.isEmpty() ? "no advisories are configured" : "no advisory is known")
                        + "; nothing was compiled or run",
                poms.get(0).path(),
                0));
    }

    private static List<Finding> judge(PatchedFile pom, DependencyRules rules, List<String> added) {
        String path = pom.path();
        try {
            PomDelta delta = PomDelta.between(
                    pom.before().map(SourceText::text).orElse(""), pom.after().text());
            if (delta.objection().isPresent()) {
                return List.of(error(path + ": " + delta.objection().get(), path));
            }
            added.addAll(delta.added().stream().map(Object::toString).sorted().collect(Collectors.toList()));
            return rules.of(delta.added(), path);
        } catch (IOException e) {
            return List.of(error(path + ": " + e.getMessage(), path));
        }
    }

    private static Finding error(String message, String path) {
        return finding("SH-DEPENDENCY-BUILD", FindingLevel.ERROR, message, path, 0);
    }
}
