package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Optional;

/** Runs the statement only when it is safe: {@code if (safe) { statement }}. */
final class WrapPlacement implements Placement {

    private static final double LOOP_OVER_IT = 0.9;
    private static final double CALL = 0.8;
    private static final double ASSIGNMENT = 0.55;

    @Override
    public List<TemplateEdit> place(FaultSite site, Guard guard) {
        Optional<Statement> anchor = Anchors.statement(guard.faulting())
                .filter(statement -> Scopes.visibleBefore(statement, guard.inputs()));
        double fit = anchor.map(statement -> fit(statement, guard)).orElse(0.0);
        if (fit == 0) {
            return List.of();
        }
        return new Layout(site)
                .wrap(anchor.orElseThrow(), guard.safe()).stream()
                        .map(change -> new TemplateEdit(
                                "wrap",
                                List.of(change),
                                fit,
                                "Runs the statement only when `" + guard.safe() + "`: " + guard.reason() + "."))
                        .toList();
    }

    /** 0 when wrapping would take a declaration or a result out of scope. */
    private static double fit(Statement statement, Guard guard) {
        if (statement.isForEachStmt()) {
            Expression iterable = statement.asForEachStmt().getIterable();
            return Nodes.within(guard.faulting(), iterable) ? LOOP_OVER_IT : 0;
        }
        if (!statement.isExpressionStmt()) {
            return 0;
        }
        Expression expression = statement.asExpressionStmt().getExpression();
        if (expression.isVariableDeclarationExpr()) {
            return 0;
        }
        return expression.isMethodCallExpr() ? CALL : ASSIGNMENT;
    }
}
