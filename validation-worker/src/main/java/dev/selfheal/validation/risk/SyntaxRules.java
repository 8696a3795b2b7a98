package dev.selfheal.validation.risk;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.comments.Comment;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.stmt.BreakStmt;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.ContinueStmt;
import com.github.javaparser.ast.stmt.EmptyStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.TryStmt;
import dev.selfheal.event.FindingLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Constructs that are risky whatever they call. */
final class SyntaxRules {

    static final RiskRule SWALLOWED =
            RiskRule.ofConstruct("SH-RISK-SWALLOWED", FindingLevel.WARNING, 390, "swallows an exception");
    static final RiskRule BROAD_CATCH =
            RiskRule.ofConstruct("SH-RISK-BROAD-CATCH", FindingLevel.WARNING, 396, "catches a broad exception");
    static final RiskRule NATIVE_METHOD =
            RiskRule.ofConstruct("SH-RISK-NATIVE", FindingLevel.ERROR, 111, "declares a native method");
    static final RiskRule INITIALISER = RiskRule.ofConstruct(
            "SH-RISK-INITIALISER", FindingLevel.WARNING, 665, "runs code when the class is loaded");
    static final RiskRule SUPPRESSED =
            RiskRule.ofConstruct("SH-RISK-SUPPRESSED", FindingLevel.WARNING, 1164, "silences a warning");

    static final List<RiskRule> ALL = Stream.of(
                    List.of(SWALLOWED, BROAD_CATCH, NATIVE_METHOD, INITIALISER, SUPPRESSED),
                    SecretRules.ALL,
                    InjectionRules.ALL,
                    WeakeningRules.ALL,
                    HalfDoneRules.ALL)
            .flatMap(List::stream)
            .toList();

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

    private SyntaxRules() {}

    /** In comments, of PMD, Checkstyle, SonarQube, IntelliJ IDEA, the formatters and Semgrep, in lower case. */
    private static final List<String> SILENCING =
            List.of("nopmd", "checkstyle", "nosonar", "noinspection", "spotless:off", "@formatter:off", "nosemgrep");

    static List<Use> of(CompilationUnit unit) {
        List<Use> uses = new ArrayList<>();
        unit.getAllContainedComments().forEach(comment -> silenced(comment, uses));
        unit.walk(node -> {
            visit(node, uses);
            SecretRules.visit(node, uses);
            InjectionRules.visit(node, uses);
            WeakeningRules.visit(node, uses);
            HalfDoneRules.visit(node, uses);
        });
        return uses;
    }

    private static void visit(Node node, List<Use> uses) {
        if (node instanceof CatchClause clause) {
            caught(clause, uses);
        } else if (node instanceof ReturnStmt
                && node.getParentNode()
                        .flatMap(Node::getParentNode)
                        .filter(parent -> parent instanceof TryStmt attempt && inFinally(attempt, node))
                        .isPresent()) {
            uses.add(new Use(SWALLOWED, "return out of finally", line(node)));
        } else if (node instanceof MethodDeclaration method && method.isNative()) {
            uses.add(new Use(NATIVE_METHOD, method.getNameAsString(), line(node)));
        } else if (node instanceof InitializerDeclaration initialiser && initialiser.isStatic()) {
            uses.add(new Use(INITIALISER, "static initialiser", line(node)));
        } else if (node instanceof AnnotationExpr annotation
                && annotation.getName().getIdentifier().startsWith("Suppress")) {
            uses.add(new Use(SUPPRESSED, annotation.toString(), line(node)));
        }
    }

    private static void silenced(Comment comment, List<Use> uses) {
        String text = comment.getContent().toLowerCase(Locale.ROOT);
        SILENCING.stream()
                .filter(text::contains)
                .findFirst()
                .ifPresent(word -> uses.add(new Use(SUPPRESSED, "comment " + word, line(comment))));
    }

    private static void caught(CatchClause clause, List<Use> uses) {
        String type = clause.getParameter().getTypeAsString();
        if (clause.getBody().getStatements().stream().allMatch(SyntaxRules::ignores)) {
            uses.add(new Use(SWALLOWED, "catch without effect of " + type, line(clause)));
        }
        for (String each : type.split("\\s*\\|\\s*", -1)) {
            if (BROAD.contains(each)) {
                uses.add(new Use(BROAD_CATCH, "catch of " + each, line(clause)));
            }
        }
    }

    /** Leaves without a word of the exception: nothing is returned, logged or thrown. */
    private static boolean ignores(Statement statement) {
        return statement instanceof EmptyStmt
                || statement instanceof ContinueStmt
                || statement instanceof BreakStmt
                || (statement instanceof ReturnStmt end && end.getExpression().isEmpty());
    }

    private static boolean inFinally(TryStmt attempt, Node statement) {
        return attempt.getFinallyBlock()
                .filter(block -> block.getStatements().contains(statement))
                .isPresent();
    }

    static int line(Node node) {
        return node.getBegin().map(position -> position.line).orElse(0);
    }
}
