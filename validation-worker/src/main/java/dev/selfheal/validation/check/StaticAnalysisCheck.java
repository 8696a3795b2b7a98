package dev.selfheal.validation.check;

import dev.selfheal.event.CheckPolicy;
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
import dev.selfheal.validation.sandbox.TaskOutcome.Stopped;
import dev.selfheal.validation.sandbox.runner.AnalysisOrder;
import dev.selfheal.validation.sandbox.runner.AnalysisReport;
import dev.selfheal.validation.sandbox.runner.AnalysisReport.Issue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Do SpotBugs, FindSecBugs and PMD find something in the patched classes that they do not find on the base? They run in the
 * sandbox. What a new finding means is the policy's word, by the analyser's severity. What an analyser leaves out only with
 * the patch, and an analysis that cannot be carried out, are for a person, unless the policy takes all of it for notes.
 */
public final class StaticAnalysisCheck implements Check {

    private final Sandbox sandbox;
    private final Duration timeout;

    public StaticAnalysisCheck(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "static-analysis";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        CheckPolicy policy = trial.job().policy().getChecks();
        if (policy.getAnalysisHigh() == Consequence.IGNORE
                && policy.getAnalysisMedium() == Consequence.IGNORE
                && policy.getAnalysisLow() == Consequence.IGNORE) {
            return CheckReport.skipped("switched off by the policy");
        }
        List<Finding> findings = new ArrayList<>();
        List<Containment> stopped = new ArrayList<>();
        for (ProjectModule module : trial.classes().keySet()) {
            TaskOutcome before = trial.job().baseline().knownResults().report(sandbox, base(trial, module));
            TaskOutcome after = before instanceof Reported ? sandbox.run(patched(trial, module)) : before;
            if (after instanceof Stopped unfinished) {
                findings.add(atMost(
                        worst(policy),
                        Containments.unmeasuredFinding(unfinished.containment(), "the analysis " + side(before))));
                if (before instanceof Reported) { // else it is not the patch's doing
                    stopped.add(unfinished.containment());
                }
            } else {
                findings.addAll(beyond(trial, policy, decode((Reported) before), decode((Reported) after)));
            }
        }
        return CheckReport.of(findings, "the analysers find nothing that is new")
                .with(judged -> stopped.forEach(judged::contained));
    }

    private static String side(TaskOutcome before) {
        return before instanceof Reported ? "with the patch" : "of the base";
    }

    private static List<Finding> beyond(Trial trial, CheckPolicy policy, AnalysisReport before, AnalysisReport after) {
        List<Finding> findings = new ArrayList<>();
        after.beyond(before).forEach(issue -> consequence(policy, issue, trial).ifPresent(findings::add));
        after.unreadBeyond(before)
                .forEach(left -> findings.add(atMost(
                        worst(policy),
                        CheckReport.finding(
                                "SH-ANALYSIS-INCOMPLETE",
                                FindingLevel.WARNING,
                                "with the patch, not analysed: " + left))));
        return findings;
    }

    /** The gravest consequence that a finding of the analysers can have. */
    private static Consequence worst(CheckPolicy policy) {
        return Stream.of(policy.getAnalysisHigh(), policy.getAnalysisMedium(), policy.getAnalysisLow())
                        .anyMatch(each -> each == Consequence.REFUTE || each == Consequence.REVIEW)
                ? Consequence.REVIEW
                : Consequence.NOTE;
    }

    /** Where the policy only notes what analysers find, it need not be asked about what they did not look at. */
    private static Finding atMost(Consequence consequence, Finding finding) {
        return consequence == Consequence.NOTE && finding.getLevel() == FindingLevel.WARNING
                ? CheckReport.finding(finding.getRuleId(), FindingLevel.NOTE, finding.getMessage())
                : finding;
    }

    private static Optional<Finding> consequence(CheckPolicy policy, Issue issue, Trial trial) {
        Consequence consequence = switch (issue.severity()) {
            case HIGH -> policy.getAnalysisHigh();
            case MEDIUM -> policy.getAnalysisMedium();
            case LOW -> policy.getAnalysisLow();
        };
        return Consequences.level(consequence)
                .map(level -> Findings.of(
                        issue.rule(),
                        level,
                        issue.message(),
                        path(issue, trial),
                        issue.line(),
                        issue.cwe(),
                        issue.identity()));
    }

    /** Class files name their source from the package on: the changed file that ends so is meant. */
    private static String path(Issue issue, Trial trial) {
        return trial.requireApplied().files().stream()
                .map(file -> file.path())
                .filter(path -> path.equals(issue.path()) || path.endsWith("/" + issue.path()))
                .findFirst()
                .orElse(issue.path());
    }

    private TaskJob base(Trial trial, ProjectModule module) {
        Baseline baseline = trial.job().baseline();
        Map<String, byte[]> classes = new TreeMap<>();
        trial.classes().get(module).keySet().stream()
                .filter(baseline.indexes(module).main()::contains)
                .forEach(name -> classes.put(name, read(module, name)));
        Map<String, byte[]> sources = new LinkedHashMap<>();
        files(trial, module)
                .forEach(file -> file.before().ifPresent(text -> sources.put(file.path(), utf8(text, module))));
        return job(trial, module, classes, sources);
    }

    private TaskJob patched(Trial trial, ProjectModule module) {
        Map<String, byte[]> sources = new LinkedHashMap<>();
        files(trial, module).forEach(file -> sources.put(file.path(), utf8(file.after(), module)));
        return job(trial, module, new TreeMap<>(trial.classes().get(module)), sources);
    }

    private TaskJob job(Trial trial, ProjectModule module, Map<String, byte[]> classes, Map<String, byte[]> sources) {
        List<String> classpath =
                module.mainClasspath().stream().map(Path::toString).toList();
        AnalysisOrder order = new AnalysisOrder(classes, sources, classpath, module.javacOptions());
        return TaskJobs.of(
                "analyse", order::encode, module, trial.job().deadline().atMost(timeout));
    }

    /** Those of another module need not compile with this one's class path. */
    private static Stream<PatchedFile> files(Trial trial, ProjectModule module) {
        Baseline baseline = trial.job().baseline();
        return trial.requireApplied().files().stream()
                .filter(file ->
                        baseline.moduleOf(file.path()).filter(module::equals).isPresent());
    }

    private static byte[] utf8(SourceText text, ProjectModule module) {
        return new String(text.bytes(), module.encoding()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(ProjectModule module, String name) {
        try {
            return Files.readAllBytes(module.mainClasses().resolve(name.replace('.', '/') + ".class"));
        } catch (IOException e) {
            throw new UncheckedIOException("the baseline cannot be read", e);
        }
    }

    private static AnalysisReport decode(Reported reported) {
        try {
            return AnalysisReport.decode(reported.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("a sealed report of ours cannot be read", e);
        }
    }
}
