package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An access that fails outside of bounds.
 *
 * @param access the whole expression
 * @param container what is indexed
 * @param size Java source of its length
 * @param indexes one index, or begin and end of a range
 */
record IndexedAccess(Expression access, Expression container, String size, List<Expression> indexes) {

    /** How the size of what has this method is asked for. */
    private static final Map<String, String> SIZES = Map.ofEntries(
            Map.entry("charAt", ".length()"),
            Map.entry("codePointAt", ".length()"),
            Map.entry("setCharAt", ".length()"),
            Map.entry("deleteCharAt", ".length()"),
            Map.entry("substring", ".length()"),
            Map.entry("subSequence", ".length()"),
            Map.entry("get", ".size()"),
            Map.entry("set", ".size()"),
            Map.entry("remove", ".size()"),
            Map.entry("elementAt", ".size()"),
            Map.entry("subList", ".size()"));

    IndexedAccess {
        indexes = List.copyOf(indexes);
    }

    /** The access an expression is, if any. */
    static Optional<IndexedAccess> of(Expression expression, FaultSite site) {
        if (expression instanceof ArrayAccessExpr array) {
            String size = site.textOf(array.getName()) + ".length";
            return Optional.of(new IndexedAccess(array, array.getName(), size, List.of(array.getIndex())));
        }
        if (!(expression instanceof MethodCallExpr call)
                || call.getArguments().isEmpty()
                || call.getScope().isEmpty()) {
            return Optional.empty();
        }
        String size = SIZES.get(call.getNameAsString());
        if (size == null) {
            return Optional.empty();
        }
        Expression container = call.getScope().get();
        boolean range = call.getNameAsString().startsWith("sub");
        return Optional.of(new IndexedAccess(
                call,
                container,
                Expressions.operand(container, site.textOf(container)) + size,
                range ? call.getArguments() : List.of(call.getArgument(0))));
    }

    /** Java source that is true when there is no element at all. */
    String isEmpty() {
        return size.endsWith(".length") ? size + " == 0" : size.substring(0, size.lastIndexOf('.')) + ".isEmpty()";
    }

    String isNotEmpty() {
        return size.endsWith(".length") ? size + " > 0" : "!" + size.substring(0, size.lastIndexOf('.')) + ".isEmpty()";
    }
}
