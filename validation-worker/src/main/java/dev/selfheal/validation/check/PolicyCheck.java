package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CommandBuild;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.command.TestPaths;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** May a patch touch these files at all? Sources of a built module, inside the policy's paths, and never what builds or tests. */
public final class PolicyCheck implements Check {

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public CheckReport run(Trial trial) {
        AutonomyPolicy autonomy = trial.job().policy().getAutonomy();
        List<FileEdit> edits = trial.candidate().getEdits();
        List<Finding> findings = new ArrayList<>();
        boolean mayDepend = !trial.job().policy().getDependencies().getAllowed().isEmpty();
        for (FileEdit edit : edits) {
            if (!(mayDepend && isPomOfModule(edit, trial.job().baseline()))) {
                refusal(edit, trial.job()).ifPresent(findings::add);
            }
        }
        if (edits.size() > autonomy.getMaxFiles()) {
            findings.add(finding(
                    "SH-POLICY-FILES",
                    FindingLevel.ERROR,
                    "the patch touches " + edits.size() + " files, the policy allows " + autonomy.getMaxFiles()));
        }
        return CheckReport.of(findings, edits.size() + " file(s) inside the policy");
    }

    /** Left to {@link DependencyCheck}, which sends it to people at best. */
    private static boolean isPomOfModule(FileEdit edit, Baseline baseline) {
        String path = edit.getPath();
        return PathRules.isPom(path)
                && !edit.getDeletes()
                && baseline.tree().file(path).isPresent()
                && PathRules.refusal(path)
                        .filter(refusal -> refusal.ruleId().equals(PathRules.BUILD))
                        .isPresent();
    }

    private static Optional<Finding> refusal(FileEdit edit, ValidationJob job) {
        AutonomyPolicy autonomy = job.policy().getAutonomy();
        Baseline baseline = job.baseline();
        String path = edit.getPath();
        Optional<PathRules.Refusal> refusal = PathRules.refusal(path);
        if (refusal.isPresent()) {
            return error(refusal.get().ruleId(), refusal.get().reason(), path);
        }
        Optional<ProjectModule> module = baseline.moduleOf(path);
        Path file = baseline.root().resolve(path);
        if (module.stream().flatMap(m -> m.testRoots().stream()).anyMatch(file::startsWith)) {
            return error("SH-POLICY-TEST", "a patch must not change or remove tests", path);
        }
        if (edit.getDeletes()) {
            return error("SH-POLICY-DELETE", "removing files is left to people", path);
        }
        if (!allowed(path, autonomy.getAllowedPaths())) {
            return error("SH-POLICY-PATH", "the policy does not allow a patch here", path);
        }
        if (job.isCommand()) {
            return ofCommand(edit, job);
        }
        if (!path.endsWith(".java") || module.flatMap(m -> m.inSources(file)).isEmpty()) {
            return error("SH-POLICY-KIND", "only Java sources of a built module can be validated", path);
        }
        return Optional.empty();
    }

    /** A new file may stand in for any module of the language, or be run by the tests' runner: people create files. */
    private static Optional<Finding> ofCommand(FileEdit edit, ValidationJob job) {
        String path = edit.getPath();
        CommandBuild build = job.policy().getSource().getCommand().orElseThrow();
        if (new TestPaths(build.getTests()).isTest(path)) {
            return error("SH-POLICY-TEST", "a patch must not change or remove tests", path);
        }
        if (TestPaths.isRunners(path)) {
            return error(PathRules.BUILD, "what runs the tests is left to people", path);
        }
        return edit.getBaseSha256().isPresent()
                ? Optional.empty()
                : error("SH-POLICY-CREATE", "creating files is left to people", path);
    }

    private static boolean allowed(String path, List<String> globs) {
        return globs.stream().anyMatch(glob -> matches(glob, path));
    }

    /** A glob that cannot be read allows nothing. */
    private static boolean matches(String glob, String path) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(path));
        } catch (PatternSyntaxException unreadable) {
            return false;
        }
    }

    private static Optional<Finding> error(String rule, String reason, String path) {
        return Optional.of(finding(rule, FindingLevel.ERROR, printable(path) + ": " + reason, printable(path), 0));
    }

    /** The path is the attacker's text; controls and direction marks must not reach a log or a terminal. */
    private static String printable(String path) {
        String shown = path.codePoints()
                .limit(200)
                .collect(
                        StringBuilder::new,
                        (text, c) -> {
                            if (c >= 0x20 && c < 0x7f) {
                                text.appendCodePoint(c);
                            } else {
                                text.append(String.format("\\u%04x", c));
                            }
                        },
                        StringBuilder::append)
                .toString();
        return shown.isEmpty() ? "(empty path)" : shown;
    }
}
