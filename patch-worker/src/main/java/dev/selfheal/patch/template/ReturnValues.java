package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.type.Type;
import dev.selfheal.patch.localise.FaultSite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the code around a site could return for a case it cannot handle, most usual first. */
final class ReturnValues {

    private static final int MOST = 4;

    /** Input that is there but does not fit is rarely answered with null. */
    private static final double NULL_FOR_VALUE = 0.7;

    private ReturnValues() {}

    /** For a {@code return} statement at the node; none where a return is not possible. */
    static List<ReturnValue> at(FaultSite site, Guard guard) {
        Node frame = Anchors.frame(guard.faulting()).orElse(null);
        if (frame instanceof ConstructorDeclaration) {
            return List.of(new ReturnValue("", 0.4));
        }
        if (frame instanceof LambdaExpr lambda) {
            return ofLambda(lambda);
        }
        if (!(frame instanceof MethodDeclaration method)) {
            return List.of();
        }
        List<ReturnValue> values = new ArrayList<>(Defaults.of(method.getType(), method.getNameAsString(), site));
        values.addAll(parametersOfSameType(method, guard));
        values.addAll(Idioms.guardReturns(site, method));
        return best(values, guard);
    }

    /** For an expression whose declared type is known. */
    static List<ReturnValue> ofType(Type type, FaultSite site) {
        return Defaults.of(type, "", site);
    }

    private static List<ReturnValue> ofLambda(LambdaExpr lambda) {
        List<ReturnStmt> returns = lambda.findAll(ReturnStmt.class);
        boolean returnsValue =
                returns.stream().anyMatch(statement -> statement.getExpression().isPresent());
        return returnsValue || lambda.getExpressionBody().isPresent()
                ? List.of(new ReturnValue("null", 0.5))
                : List.of(new ReturnValue("", 0.9));
    }

    /** Handing the argument back is what filters, decorators and normalisers do with input they have nothing to do for. */
    private static List<ReturnValue> parametersOfSameType(MethodDeclaration method, Guard guard) {
        if (method.getType().isPrimitiveType()) {
            return List.of();
        }
        boolean nullCheck = guard.violated().endsWith("== null");
        return method.getParameters().stream()
                .filter(parameter -> parameter.getType().equals(method.getType()) && !parameter.isVarArgs())
                .map(parameter -> parameter.getNameAsString())
                .filter(name -> !(nullCheck && guard.violated().equals(name + " == null")))
                .map(name -> new ReturnValue(name, mentions(guard, name) ? 0.85 : 0.45))
                .toList();
    }

    private static boolean mentions(Guard guard, String name) {
        return Scopes.names(guard.inputs())
                .anyMatch(input -> input.getNameAsString().equals(name));
    }

    private static List<ReturnValue> best(List<ReturnValue> values, Guard guard) {
        Map<String, ReturnValue> distinct = new LinkedHashMap<>();
        boolean aboutValue =
                !guard.violated().contains("== null") && !guard.violated().contains("instanceof");
        values.stream()
                .filter(value -> !guard.violated().equals(value.expression() + " == null"))
                .map(value -> aboutValue && value.expression().equals("null") ? value.scaled(NULL_FOR_VALUE) : value)
                .forEach(value -> distinct.merge(
                        value.expression(), value, (one, other) -> one.fit() >= other.fit() ? one : other));
        return distinct.values().stream()
                .sorted(Comparator.comparingDouble(ReturnValue::fit).reversed())
                .limit(MOST)
                .toList();
    }

    /** Names of parameters a callable has, for mapping idioms of one method onto another. */
    static List<String> parameterNames(CallableDeclaration<?> callable) {
        return callable.getParameters().stream()
                .map(parameter -> parameter.getNameAsString())
                .toList();
    }

    /** True for values that mean the same wherever they stand: literals, constants, and {@code this}. */
    static boolean isPortable(Expression value) {
        return value.isLiteralExpr()
                || value.isThisExpr()
                || (value.isUnaryExpr() && value.asUnaryExpr().getExpression().isLiteralExpr())
                || value.toString().matches("(?:[A-Z]\\w*\\.)*[A-Z][A-Z0-9_]*")
                || value.toString().matches("(?:java\\.util\\.)?(?:Collections\\.empty\\w+|Optional\\.empty)\\(\\)");
    }
}
