package dev.selfheal.validation.check;

import dev.selfheal.event.Consequence;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.edit.AppliedPatch.PatchedFile;
import dev.selfheal.validation.edit.SourceText;
import dev.selfheal.validation.finding.Findings;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.TaskJob;
import dev.selfheal.validation.sandbox.TaskOutcome;
import dev.selfheal.validation.sandbox.TaskOutcome.Reported;
import dev.selfheal.validation.sandbox.runner.AnalysisReport;
import dev.selfheal.validation.sandbox.runner.LintOrder;
import dev.selfheal.validation.style.ProjectStyle;
import dev.selfheal.validation.style.StyleSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Does the patch keep to the project's own Checkstyle rules? They are read from the base and applied in the sandbox; only
 * violations that the base does not have count, at the level the policy gives to lint. Where the project has none, our own
 * rules speak in {@link QualityCheck}. Of several modules each is held against its own. Rules that
 * could not be applied are for a person, where the policy asks a person about lint at all.
 */
public final class LintCheck implements Check {

    private final Sandbox sandbox;
    private final Duration timeout;

    public LintCheck(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "lint";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        Consequence consequence = trial.job().policy().getChecks().getLint();
        if (consequence == Consequence.IGNORE) {
            return CheckReport.skipped("switched off by the policy");
        }
        StyleSearch search = new StyleSearch(trial.job().baseline());
        List<Finding> findings = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (ProjectModule module : trial.classes().keySet()) {
            ProjectStyle style = search.of(module.directory());
            if (style instanceof ProjectStyle.Rules rules) {
                findings.addAll(violations(trial, module, rules, consequence));
            } else {
                without.add(reason(style));
            }
        }
        if (!without.isEmpty() && findings.isEmpty()) {
            return CheckReport.skipped(without.get(0));
        }
        CheckReport report = CheckReport.of(findings, "keeps to the project's own rules");
        return without.isEmpty() ? report.with(Trial::heldAgainstOwnStyle) : report;
    }

    private List<Finding> violations(
            Trial trial, ProjectModule module, ProjectStyle.Rules rules, Consequence consequence)
            throws InterruptedException {
        TaskOutcome outcome = sandbox.run(job(trial, module, rules));
        return outcome instanceof Reported reported
                ? violations(reported, consequence)
                : stopped(((TaskOutcome.Stopped) outcome).containment(), consequence);
    }

    /** Both sides are read in one run: nobody knows which of them stopped it. */
    private static List<Finding> stopped(Containment containment, Consequence consequence) {
        Finding finding = Containments.unmeasuredFinding(containment, "Checkstyle with the project's own rules");
        return consequence == Consequence.NOTE
                ? List.of(CheckReport.finding(finding.getRuleId(), FindingLevel.NOTE, finding.getMessage()))
                : List.of(finding);
    }

    private static String reason(ProjectStyle style) {
        if (style instanceof ProjectStyle.Refused refused) {
            return "the project's own rules are not applied: " + refused.reason();
        }
        String formatter = ((ProjectStyle.Absent) style).formatter();
        return formatter.isEmpty()
                ? "the project has no Checkstyle rules; ours are asked in quality"
                : "the project is formatted with " + formatter
                        + ", which is not run here; our rules are asked in quality";
    }

    private static List<Finding> violations(Reported reported, Consequence consequence) {
        try {
            List<Finding> findings = new ArrayList<>();
            AnalysisReport.decode(reported.bytes())
                    .issues()
                    .forEach(issue -> Consequences.level(consequence)
                            .ifPresent(level -> findings.add(Findings.of(
                                    issue.rule(),
                                    level,
                                    issue.message(),
                                    issue.path(),
                                    issue.line(),
                                    Findings.NO_CWE,
                                    issue.identity()))));
            return findings;
        } catch (IOException e) {
            throw new UncheckedIOException("a sealed report of ours cannot be read", e);
        }
    }

    private TaskJob job(Trial trial, ProjectModule module, ProjectStyle.Rules rules) {
        Baseline baseline = trial.job().baseline();
        Map<String, byte[]> before = new LinkedHashMap<>();
        Map<String, byte[]> after = new LinkedHashMap<>();
        for (PatchedFile file : trial.requireApplied().files()) {
            if (baseline.moduleOf(file.path()).filter(module::equals).isPresent()) {
                file.before().ifPresent(text -> before.put(file.path(), utf8(text, module)));
                after.put(file.path(), utf8(file.after(), module));
            }
        }
        LintOrder order = new LintOrder(rules.xml(), properties(baseline.root(), rules, module), before, after);
        return TaskJobs.of("lint", order::encode, module, trial.job().deadline().atMost(timeout), baseline.root());
    }

    private static List<String> properties(Path root, ProjectStyle.Rules rules, ProjectModule module) {
        Path folder = root.resolve(rules.path()).getParent();
        return List.of(
                "config_loc=" + folder,
                "samedir=" + folder,
                "basedir=" + module.directory(),
                "project.basedir=" + module.directory());
    }

    private static byte[] utf8(SourceText text, ProjectModule module) {
        return new String(text.bytes(), module.encoding()).getBytes(StandardCharsets.UTF_8);
    }
}
