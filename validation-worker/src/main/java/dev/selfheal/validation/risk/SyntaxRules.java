package dev.selfheal.validation.risk;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.LiteralStringValueExpr;
import com.github.javaparser.ast.stmt.AssertStmt;
import com.github.javaparser.ast.stmt.CatchClause;
import dev.selfheal.event.FindingLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Constructs that are risky whatever they call. */
final class SyntaxRules {

    static final RiskRule SWALLOWED = rule("SH-RISK-SWALLOWED", FindingLevel.WARNING, 390, "swallows an exception");
    static final RiskRule BROAD_CATCH =
            rule("SH-RISK-BROAD-CATCH", FindingLevel.WARNING, 396, "catches a broad exception");
    static final RiskRule SECRET = rule("SH-RISK-SECRET", FindingLevel.ERROR, 798, "holds what looks like a secret");
    static final RiskRule NATIVE_METHOD = rule("SH-RISK-NATIVE", FindingLevel.ERROR, 111, "declares a native method");
    static final RiskRule INITIALISER =
            rule("SH-RISK-INITIALISER", FindingLevel.WARNING, 665, "runs code when the class is loaded");
    static final RiskRule SUPPRESSED = rule("SH-RISK-SUPPRESSED", FindingLevel.WARNING, 1164, "silences a warning");
    static final RiskRule ASSERTION = rule("SH-RISK-ASSERTION", FindingLevel.WARNING, 617, "removes an assertion");

    static final List<RiskRule> ALL =
            List.of(SWALLOWED, BROAD_CATCH, SECRET, NATIVE_METHOD, INITIALISER, SUPPRESSED, ASSERTION);

    private static final Set<String> BROAD = Set.of(
            "Throwable",
            "Exception",
            "RuntimeException",
            "Error",
            "NullPointerException",
            "java.lang.Throwable",
            "java.lang.Exception",
            "java.lang.RuntimeException",
            "java.lang.Error",
            "java.lang.NullPointerException");

    /** Formats that are secrets wherever they stand; guesses by entropy would flag ordinary test data. */
    private static final Pattern SECRET_TEXT = Pattern.compile("AKIA[0-9A-Z]{16}"
            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----"
            + "|gh[pousr]_[A-Za-z0-9]{36}"
            + "|xox[baprs]-[A-Za-z0-9-]{10,}"
            + "|sk-[A-Za-z0-9_-]{20,}"
            + "|AIza[0-9A-Za-z_-]{35}"
            + "|eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\."
            + "|(?i:(password|passwd|secret|api_?key|token)\\s*[=:]\\s*\\S{6,})"
            + "|://[^/\\s:@]+:[^/\\s:@]+@");

    private SyntaxRules() {}

    static List<Use> of(CompilationUnit unit) {
        List<Use> uses = new ArrayList<>();
        unit.walk(node -> visit(node, uses));
        return uses;
    }

    /** Assertions count the other way round: fewer is the risk. */
    static int assertions(CompilationUnit unit) {
        return unit.findAll(AssertStmt.class).size();
    }

    private static void visit(Node node, List<Use> uses) {
        if (node instanceof CatchClause clause) {
            caught(clause, uses);
        } else if (node instanceof LiteralStringValueExpr literal
                && SECRET_TEXT.matcher(literal.getValue()).find()) {
            uses.add(new Use(SECRET, "string literal", line(node)));
        } else if (node instanceof MethodDeclaration method && method.isNative()) {
            uses.add(new Use(NATIVE_METHOD, method.getNameAsString(), line(node)));
        } else if (node instanceof InitializerDeclaration initialiser && initialiser.isStatic()) {
            uses.add(new Use(INITIALISER, "static initialiser", line(node)));
        } else if (node instanceof AnnotationExpr annotation
                && annotation.getName().getIdentifier().equals("SuppressWarnings")) {
            uses.add(new Use(SUPPRESSED, annotation.toString(), line(node)));
        }
    }

    private static void caught(CatchClause clause, List<Use> uses) {
        String type = clause.getParameter().getTypeAsString();
        if (clause.getBody().getStatements().isEmpty()) {
            uses.add(new Use(SWALLOWED, "empty catch of " + type, line(clause)));
        }
        for (String each : type.split("\\s*\\|\\s*", -1)) {
            if (BROAD.contains(each)) {
                uses.add(new Use(BROAD_CATCH, "catch of " + each, line(clause)));
            }
        }
    }

    private static int line(Node node) {
        return node.getBegin().map(position -> position.line).orElse(0);
    }

    private static RiskRule rule(String id, FindingLevel level, int cwe, String title) {
        return new RiskRule(id, level, cwe, title, Set.of(), Set.of(), Set.of());
    }
}
