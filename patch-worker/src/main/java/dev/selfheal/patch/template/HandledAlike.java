package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.TryStmt;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets a handler that is already there, and answers neutrally, answer to this exception too. */
public final class HandledAlike implements FixTemplate {

    private static final double SCORE = 0.55;

    @Override
    public String id() {
        return "handled-alike";
    }

    @Override
    public String displayName() {
        return "Handled alike";
    }

    @Override
    public String description() {
        return "The failing statement stands in a `try` whose handler returns a value or goes on: the exception joins the"
                + " types that it catches. Ranked behind a check of the cause.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return Set.of(
                "java.lang.NullPointerException",
                "java.lang.IndexOutOfBoundsException",
                "java.lang.ArrayIndexOutOfBoundsException",
                "java.lang.StringIndexOutOfBoundsException",
                "java.lang.ClassCastException",
                "java.lang.IllegalArgumentException",
                "java.lang.NumberFormatException",
                "java.util.NoSuchElementException");
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        return site.statement().flatMap(HandledAlike::attempt).stream()
                .flatMap(attempt -> attempt.getCatchClauses().stream())
                .filter(HandledAlike::answers)
                .filter(clause -> !clause.getParameter().getType().toString().contains(simple(error.type())))
                .map(clause -> widen(site, clause, simple(error.type())))
                .toList();
    }

    /** The nearest try whose guarded block, not a handler of it, holds the statement. */
    private static Optional<TryStmt> attempt(Statement statement) {
        Node child = statement;
        while (child.getParentNode().isPresent()) {
            Node parent = child.getParentNode().get();
            if (parent instanceof TryStmt attempt
                    && Nodes.same(attempt.getTryBlock(), child)
                    && !attempt.getCatchClauses().isEmpty()) {
                return Optional.of(attempt);
            }
            child = parent;
        }
        return Optional.empty();
    }

    /** An empty handler hides errors, and one that throws passes them on: neither is an answer. */
    private static boolean answers(CatchClause clause) {
        List<Statement> statements = clause.getBody().getStatements();
        return !statements.isEmpty() && statements.stream().noneMatch(Statement::isThrowStmt);
    }

    private static String simple(String type) {
        return type.startsWith("java.lang.") ? type.substring("java.lang.".length()) : type;
    }

    private static TemplateEdit widen(FaultSite site, CatchClause clause, String type) {
        int end = site.source().end(clause.getParameter().getType());
        return new TemplateEdit(
                "wider-catch",
                List.of(Change.insert(end, " | " + type)),
                SCORE,
                "Answers `" + type + "` as the handler in place answers `"
                        + clause.getParameter().getType() + "`.");
    }
}
