package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.WhileStmt;
import java.util.Optional;
import java.util.Set;

/** Questions about expressions that templates share. */
final class Expressions {

    private static final Set<UnaryExpr.Operator> STEPS = Set.of(
            UnaryExpr.Operator.PREFIX_INCREMENT,
            UnaryExpr.Operator.PREFIX_DECREMENT,
            UnaryExpr.Operator.POSTFIX_INCREMENT,
            UnaryExpr.Operator.POSTFIX_DECREMENT);

    private Expressions() {}

    /** Without parentheses around it. */
    static Expression bare(Expression expression) {
        Expression current = expression;
        while (current.isEnclosedExpr()) {
            current = current.asEnclosedExpr().getInner();
        }
        return current;
    }

    /** True for {@code ++} and {@code --}. */
    static boolean increments(UnaryExpr unary) {
        return STEPS.contains(unary.getOperator());
    }

    /** True when it can be written a second time without changing what the program does, as far as its text tells. */
    static boolean repeatable(Expression expression) {
        boolean mutates = expression
                .findFirst(
                        Expression.class,
                        node -> node.isAssignExpr()
                                || node.isObjectCreationExpr()
                                || node.isLambdaExpr()
                                || node.isArrayCreationExpr()
                                || node.isSwitchExpr()
                                || (node.isUnaryExpr() && increments(node.asUnaryExpr())))
                .isPresent();
        return !mutates && expression.findAll(MethodCallExpr.class).stream().allMatch(Expressions::looksLikeQuery);
    }

    static boolean callsSomething(Expression expression) {
        return expression.findFirst(MethodCallExpr.class).isPresent()
                || expression.findFirst(ObjectCreationExpr.class).isPresent();
    }

    /** The value as an operand of {@code ==}, {@code <}, a dot or the like: in parentheses unless it is a primary. */
    static String operand(Expression expression, String text) {
        boolean primary = !(expression.isBinaryExpr()
                || expression.isConditionalExpr()
                || expression.isAssignExpr()
                || expression.isCastExpr()
                || expression.isInstanceOfExpr()
                || expression.isUnaryExpr()
                || expression.isLambdaExpr()
                || expression.isSwitchExpr());
        return primary ? text : "(" + text + ")";
    }

    /** True when the node is evaluated for its truth value: a condition, or an operand of a logical operator. */
    static boolean isCondition(Expression expression) {
        Node parent = expression.getParentNode().orElse(null);
        if (parent instanceof Expression outer) {
            return isLogical(outer)
                    || (outer.isEnclosedExpr() && isCondition(outer))
                    || (outer.isUnaryExpr()
                            && outer.asUnaryExpr().getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT)
                    || (outer.isConditionalExpr()
                            && Nodes.same(outer.asConditionalExpr().getCondition(), expression));
        }
        return condition(parent)
                .filter(condition -> Nodes.same(condition, expression))
                .isPresent();
    }

    static boolean isLogical(Expression expression) {
        return expression instanceof BinaryExpr binary
                && (binary.getOperator() == BinaryExpr.Operator.AND || binary.getOperator() == BinaryExpr.Operator.OR);
    }

    /** The condition of an if or a loop. */
    static Optional<Expression> condition(Node statement) {
        if (statement instanceof IfStmt branch) {
            return Optional.of(branch.getCondition());
        }
        if (statement instanceof WhileStmt loop) {
            return Optional.of(loop.getCondition());
        }
        if (statement instanceof DoStmt loop) {
            return Optional.of(loop.getCondition());
        }
        return statement instanceof ForStmt loop ? loop.getCompare() : Optional.empty();
    }

    /** True when the value is what a method of type boolean returns. */
    static boolean isReturned(Expression expression) {
        return expression.getParentNode().filter(ReturnStmt.class::isInstance).isPresent();
    }

    private static boolean looksLikeQuery(MethodCallExpr call) {
        String name = call.getNameAsString();
        return !name.matches("(?:next|read|poll|pop|push|add|put|remove|take|incr|decr|getAnd|append|insert|write).*");
    }
}
