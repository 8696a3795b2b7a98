package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;

/** The value that cannot be computed is replaced where it is used: {@code x == null ? null : x.name()}. */
final class TernaryPlacement implements Placement {

    private static final double RETURNED = 0.85;
    private static final double ASSIGNED = 0.7;
    private static final double LAMBDA = 0.6;

    @Override
    public List<TemplateEdit> place(FaultSite site, Guard guard) {
        Expression value = wholeChain(guard.faulting());
        Node user = value.getParentNode().orElse(null);
        if (user instanceof ReturnStmt) {
            return ternaries(site, guard, value, ReturnValues.at(site, guard), RETURNED);
        }
        if (user instanceof VariableDeclarator variable && !variable.getType().isVarType()) {
            return ternaries(site, guard, value, ReturnValues.ofType(variable.getType(), site), ASSIGNED);
        }
        if (user instanceof AssignExpr assignment && Nodes.same(assignment.getValue(), value)) {
            return Scopes.typeOf(assignment.getTarget())
                    .map(type -> ternaries(site, guard, value, ReturnValues.ofType(type, site), ASSIGNED))
                    .orElse(List.of());
        }
        boolean lambdaBody = user instanceof ExpressionStmt
                && user.getParentNode().filter(LambdaExpr.class::isInstance).isPresent();
        return lambdaBody ? ternaries(site, guard, value, List.of(new ReturnValue("null", 1)), LAMBDA) : List.of();
    }

    /** Calls and field reads on the faulting value fail with it; casts and parentheses hand it on. */
    private static Expression wholeChain(Expression faulting) {
        Expression current = faulting;
        while (current.getParentNode().orElse(null) instanceof Expression outer && continues(outer, current)) {
            current = outer;
        }
        return current;
    }

    private static boolean continues(Expression outer, Expression inner) {
        if (outer instanceof MethodCallExpr call) {
            return call.getArguments().stream().anyMatch(argument -> Nodes.same(argument, inner))
                    || call.getScope().filter(scope -> Nodes.same(scope, inner)).isPresent();
        }
        return outer instanceof FieldAccessExpr
                || outer.isCastExpr()
                || outer.isEnclosedExpr()
                || outer.isBinaryExpr()
                || outer.isUnaryExpr()
                || outer.isObjectCreationExpr();
    }

    private static List<TemplateEdit> ternaries(
            FaultSite site, Guard guard, Expression value, List<ReturnValue> alternatives, double score) {
        return alternatives.stream()
                .filter(alternative -> !alternative.expression().isEmpty())
                .map(alternative -> {
                    String ternary = guard.violated() + " ? " + alternative.expression() + " : " + site.textOf(value);
                    Change change =
                            new Change(site.source().start(value), site.source().end(value), ternary);
                    return new TemplateEdit(
                            "ternary",
                            List.of(change),
                            score * alternative.fit(),
                            "Uses `" + alternative.expression() + "` when `" + guard.violated() + "`: " + guard.reason()
                                    + ".");
                })
                .toList();
    }
}
