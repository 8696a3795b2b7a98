package dev.selfheal.validation.check;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.event.ProposedTest;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.risk.RiskDelta;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a test must not be made of whose author wanted it to fail before the patch and to pass after it. */
final class OwnTestRules {

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

    /** All others can run code before a test, many times, or not at all. */
    private static final Set<String> ANNOTATIONS = Set.of("Test", "Override", "SuppressWarnings");

    private OwnTestRules() {}

    /** Why it is no evidence, whatever it does; empty when it may be tried. */
    static Optional<String> objection(Baseline baseline, ProposedTest proposed) {
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
        Optional<String> annotation = unit.get().findAll(AnnotationExpr.class).stream()
                .map(used -> used.getName().getIdentifier())
                .filter(used -> !ANNOTATIONS.contains(used))
                .findFirst();
        if (annotation.isPresent()) {
            return Optional.of("it is annotated with " + annotation.get()
                    + ": a test is a method with Test, and nothing runs before or around it");
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
}
