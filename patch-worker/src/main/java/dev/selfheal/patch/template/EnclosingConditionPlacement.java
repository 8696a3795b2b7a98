package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.IfStmt;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;

/** The if around the statement is tightened: {@code if (a)} becomes {@code if (a && safe)}. */
final class EnclosingConditionPlacement implements Placement {

    private static final double INNERMOST = 0.75;

    @Override
    public List<TemplateEdit> place(FaultSite site, Guard guard) {
        return Anchors.enclosingIfs(guard.faulting()).stream()
                .limit(1)
                .filter(branch -> Scopes.visibleBefore(branch, guard.inputs()))
                .map(branch -> tighten(site, branch, guard))
                .toList();
    }

    private static TemplateEdit tighten(FaultSite site, IfStmt branch, Guard guard) {
        Expression condition = branch.getCondition();
        String original = site.textOf(condition);
        boolean weaker = condition.isConditionalExpr()
                || condition.isAssignExpr()
                || (condition instanceof BinaryExpr binary && binary.getOperator() == BinaryExpr.Operator.OR);
        String right = guard.safe().contains(" || ") ? "(" + guard.safe() + ")" : guard.safe();
        Change change = new Change(
                site.source().start(condition),
                site.source().end(condition),
                (weaker ? "(" + original + ")" : original) + " && " + right);
        return new TemplateEdit(
                "enclosing-condition",
                List.of(change),
                INNERMOST,
                "Enters the branch only when `" + guard.safe() + "`: " + guard.reason() + ".");
    }
}
