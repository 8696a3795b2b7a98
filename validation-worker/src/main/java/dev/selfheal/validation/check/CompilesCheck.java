package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.CheckReport.finding;

import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ClassFile;
import dev.selfheal.validation.baseline.ClassIndex;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.edit.AppliedPatch.PatchedFile;
import dev.selfheal.validation.sandbox.CompileJob;
import dev.selfheal.validation.sandbox.CompileOutcome;
import dev.selfheal.validation.sandbox.CompileOutcome.Compiled;
import dev.selfheal.validation.sandbox.CompileOutcome.Problem;
import dev.selfheal.validation.sandbox.CompileOutcome.Refused;
import dev.selfheal.validation.sandbox.CompileOutcome.Stopped;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Do the patched files compile against the base's classes, in the sandbox? When what other classes compile against has
 * changed, the classes of the same module that mention it are compiled again too. Annotation processors do not run.
 */
public final class CompilesCheck implements Check {

    private static final int PROBLEMS_SHOWN = 10;

    private final Sandbox sandbox;
    private final Duration timeout;

    public CompilesCheck(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "compiles";
    }

    @Override
    public CheckReport run(Trial trial) throws InterruptedException {
        int compiled = 0;
        for (Map.Entry<ProjectModule, Map<String, String>> part : sources(trial).entrySet()) {
            CheckReport report = compile(trial, part.getKey(), part.getValue());
            if (report.ends()) {
                return report;
            }
            compiled += trial.classes().get(part.getKey()).size();
        }
        return CheckReport.passed(compiled + " class(es) compiled");
    }

    private static Map<ProjectModule, Map<String, String>> sources(Trial trial) {
        Baseline baseline = trial.job().baseline();
        Map<ProjectModule, Map<String, String>> sources = new LinkedHashMap<>();
        for (PatchedFile file : trial.requireApplied().files()) {
            ProjectModule module = baseline.moduleOf(file.path()).orElseThrow();
            Path relative =
                    module.inSources(baseline.root().resolve(file.path())).orElseThrow();
            // Read in the project's own encoding, which is what its compiler would do.
            String text = new String(file.after().bytes(), module.encoding());
            sources.computeIfAbsent(module, m -> new TreeMap<>()).put(slashes(relative), text);
        }
        return sources;
    }

    private CheckReport compile(Trial trial, ProjectModule module, Map<String, String> sources)
            throws InterruptedException {
        CompileOutcome outcome = sandbox.compile(job(trial, module, sources));
        if (!(outcome instanceof Compiled first)) {
            return failure(trial, outcome, sources.keySet());
        }
        Optional<Finding> strange = foreign(
                trial.job().baseline(),
                module,
                sources.keySet(),
                first.classes().keySet());
        if (strange.isPresent()) {
            return CheckReport.refuted(strange.get());
        }
        Map<String, String> all = new TreeMap<>(sources);
        all.putAll(dependents(trial, module, sources.keySet(), first.classes()));
        if (all.size() == sources.size()) {
            trial.compiled(module, first.classes());
            return CheckReport.passed("compiled");
        }
        CompileOutcome whole = sandbox.compile(job(trial, module, all));
        if (whole instanceof Compiled second) {
            trial.compiled(module, second.classes());
            return CheckReport.passed("compiled with its dependents");
        }
        return failure(trial, whole, sources.keySet());
    }

    private CompileJob job(Trial trial, ProjectModule module, Map<String, String> sources) {
        return new CompileJob(
                sources,
                module.mainClasspath(),
                module.javacOptions(),
                trial.job().deadline().atMost(timeout));
    }

    /** A source file may only yield classes of its own folder's package that no other file has: else it could replace any class. */
    private static Optional<Finding> foreign(
            Baseline baseline, ProjectModule module, Set<String> sources, Set<String> classes) {
        Set<String> own = new TreeSet<>();
        Set<String> packages = new TreeSet<>();
        for (String source : sources) {
            baseline.indexes(module).main().ofSource(Path.of(source)).forEach(file -> own.add(file.name()));
            packages.add(packageOf(source.replace('/', '.').replaceAll("\\.java$", "")));
        }
        return classes.stream()
                .filter(name -> !packages.contains(packageOf(name)) || (!own.contains(name) && isTaken(baseline, name)))
                .findFirst()
                .map(name -> finding(
                        "SH-COMPILE-FOREIGN",
                        FindingLevel.ERROR,
                        "the patch defines " + name + ", which does not belong to the changed file"));
    }

    private static boolean isTaken(Baseline baseline, String name) {
        return baseline.indexes().values().stream()
                .anyMatch(index -> index.main().contains(name) || index.test().contains(name));
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** Sources of the classes that mention a class whose interface has changed. */
    private static Map<String, String> dependents(
            Trial trial, ProjectModule module, Set<String> sources, Map<String, byte[]> classes) {
        ClassIndex index = trial.job().baseline().indexes(module).main();
        Set<String> changed = changedInterfaces(index, sources, classes);
        if (changed.isEmpty()) {
            return Map.of();
        }
        Map<String, String> found = new HashMap<>();
        for (String name : index.dependents(changed)) {
            ClassFile file = index.get(name).orElseThrow();
            String folder = packageOf(name).replace('.', '/');
            String path =
                    (folder.isEmpty() ? "" : folder + "/") + file.sourceFile().orElse("");
            if (!sources.contains(path)) {
                text(module, path).ifPresent(text -> found.put(path, text));
            }
        }
        return found;
    }

    private static Set<String> changedInterfaces(ClassIndex index, Set<String> sources, Map<String, byte[]> classes) {
        Set<String> changed = new TreeSet<>();
        sources.forEach(source -> index.ofSource(Path.of(source)).stream()
                .map(ClassFile::name)
                .filter(name -> !classes.containsKey(name))
                .forEach(changed::add));
        classes.forEach((name, bytes) -> {
            try {
                Set<String> now = ClassFile.parse(bytes).interfaceMembers();
                if (index.get(name)
                        .filter(old -> !old.interfaceMembers().equals(now))
                        .isPresent()) {
                    changed.add(name);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("javac wrote a class file that cannot be read: " + name, e);
            }
        });
        return changed;
    }

    private static Optional<String> text(ProjectModule module, String path) {
        for (Path root : module.sourceRoots()) {
            Path file = root.resolve(path);
            if (Files.isRegularFile(file)) {
                try {
                    return Optional.of(new String(Files.readAllBytes(file), module.encoding()));
                } catch (IOException e) {
                    throw new UncheckedIOException("the baseline cannot be read: " + file, e);
                }
            }
        }
        return Optional.empty();
    }

    private static CheckReport failure(Trial trial, CompileOutcome outcome, Set<String> patched) {
        if (outcome instanceof Stopped stopped) {
            trial.contained(stopped.containment());
            Containment reason = stopped.containment();
            Finding finding = Containments.finding(reason, "the compiler");
            return reason.kind() == Containment.Kind.UNAVAILABLE
                    ? CheckReport.error(finding)
                    : CheckReport.refuted(finding);
        }
        List<Finding> findings = new ArrayList<>();
        for (Problem problem : ((Refused) outcome).problems()) {
            if (findings.size() < PROBLEMS_SHOWN) {
                String where = patched.contains(problem.path()) ? problem.path() : problem.path() + " (unchanged)";
                findings.add(finding(
                        "SH-COMPILE",
                        FindingLevel.ERROR,
                        where + ":" + problem.line() + ": " + problem.message(),
                        problem.path(),
                        problem.line()));
            }
        }
        return findings.isEmpty()
                ? CheckReport.refuted(finding("SH-COMPILE", FindingLevel.ERROR, "javac refused without a message"))
                : CheckReport.refuted(findings.get(0).getMessage(), findings);
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }
}
