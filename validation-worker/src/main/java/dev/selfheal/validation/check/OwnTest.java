package dev.selfheal.validation.check;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.TypeDeclaration;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.ProposedTest;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.risk.RiskDelta;
import dev.selfheal.validation.sandbox.CompileJob;
import dev.selfheal.validation.sandbox.CompileOutcome;
import dev.selfheal.validation.sandbox.CompileOutcome.Compiled;
import dev.selfheal.validation.sandbox.CompileOutcome.Refused;
import dev.selfheal.validation.sandbox.CompileOutcome.Stopped;
import dev.selfheal.validation.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a test out of what a proposer wrote, or says why it cannot be taken for evidence. Whoever wrote the patch wrote the
 * test too, so it may use nothing that a risk rule names, write no stack trace, and define nothing but itself.
 */
final class OwnTest {

    /** The ways to give an exception frames it did not have. */
    private static final Pattern FORGES = Pattern.compile("setStackTrace|StackTraceElement|fillInStackTrace");

    /** What a test is written with; all else of a test framework can tell runs apart or keep a test from running. */
    private static final Set<String> ASSERTS = Set.of(
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.Assertions",
            "org.junit.Test",
            "org.junit.Assert",
            "org.testng.annotations.Test",
            "org.testng.Assert",
            "org.hamcrest.MatcherAssert",
            "org.hamcrest.Matchers",
            "org.hamcrest.CoreMatchers");

    private static final int MAX_CHARS = 64 << 10;

    private final Sandbox sandbox;
    private final Duration timeout;

    OwnTest(Sandbox sandbox, Duration timeout) {
        this.sandbox = sandbox;
        this.timeout = timeout;
    }

    /** The test, or why it is none. */
    record Made(Optional<Reproducer> test, String refusal) {

        private static Made refused(String why) {
            return new Made(Optional.empty(), why);
        }
    }

    Made make(Trial trial, ProposedTest proposed) throws InterruptedException {
        Baseline baseline = trial.job().baseline();
        Optional<ProjectModule> module = baseline.moduleAt(proposed.getModule());
        if (module.isEmpty()) {
            return Made.refused("the project has no module " + proposed.getModule());
        }
        Optional<String> objection = objection(baseline, proposed);
        if (objection.isPresent()) {
            return Made.refused(objection.get());
        }
        CompileOutcome outcome = sandbox.compile(new CompileJob(
                Map.of(proposed.getClassName().replace('.', '/') + ".java", proposed.getSource()),
                module.get().testClasspath(),
                module.get().javacOptions(),
                trial.job().deadline().atMost(timeout)));
        if (outcome instanceof Compiled compiled) {
            return made(proposed, module.get(), compiled.classes());
        }
        return Made.refused(
                outcome instanceof Refused refused
                        ? "it does not compile: " + firstProblem(refused)
                        : "the compiler " + ((Stopped) outcome).containment().detail());
    }

    private static Made made(ProposedTest proposed, ProjectModule module, Map<String, byte[]> classes) {
        String name = proposed.getClassName();
        return classes.keySet().stream()
                .filter(each -> !each.equals(name) && !each.startsWith(name + "$"))
                .findFirst()
                .map(foreign -> Made.refused("it defines " + foreign))
                .orElseGet(() -> new Made(Optional.of(new Reproducer(name, module, classes)), ""));
    }

    private static Optional<String> objection(Baseline baseline, ProposedTest proposed) {
        String name = proposed.getClassName();
        String source = proposed.getSource();
        if (source.length() > MAX_CHARS) {
            return Optional.of("it is longer than " + MAX_CHARS + " characters");
        }
        if (baseline.indexes().values().stream()
                .anyMatch(index -> index.main().contains(name) || index.test().contains(name))) {
            return Optional.of(name + " is a class of the project");
        }
        Optional<CompilationUnit> unit = ParsesCheck.unit(source);
        if (unit.isEmpty()) {
            return Optional.of("it does not parse");
        }
        if (!isItself(unit.get(), name)) {
            return Optional.of("it is not the class " + name + " alone");
        }
        return FORGES.matcher(unit.get().toString()).find()
                ? Optional.of("it writes stack traces")
                : risk(baseline, unit.get(), source);
    }

    private static boolean isItself(CompilationUnit unit, String name) {
        String folder = unit.getPackageDeclaration()
                .map(declaration -> declaration.getNameAsString() + ".")
                .orElse("");
        List<String> types =
                unit.getTypes().stream().map(TypeDeclaration::getNameAsString).toList();
        return types.size() == 1 && name.equals(folder + types.get(0));
    }

    private static Optional<String> risk(Baseline baseline, CompilationUnit unit, String source) {
        return new RiskDelta(name -> baseline.isInApp(name) || ASSERTS.contains(name))
                .of(Optional.empty(), unit, List.of(), source.lines().toList(), "").stream()
                        .filter(finding -> finding.getLevel() != FindingLevel.NOTE)
                        .map(Finding::getMessage)
                        .findFirst();
    }

    private static String firstProblem(Refused refused) {
        return refused.problems().stream()
                .map(problem -> problem.line() + ": " + problem.message())
                .findFirst()
                .orElse("javac refused without a message");
    }
}
