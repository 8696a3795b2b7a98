package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.type.Type;
import java.util.Locale;

/** What the text of an expression tells about null. */
final class Nullability {

    private Nullability() {}

    /** False for what can never be null, and for names that stand for a type or a package. */
    static boolean canBeNull(Expression expression) {
        Expression value = Expressions.bare(expression);
        boolean never = value.isThisExpr()
                || value.isSuperExpr()
                || value.isObjectCreationExpr()
                || value.isArrayCreationExpr()
                || value.isLambdaExpr()
                || value.isMethodReferenceExpr()
                || value.isClassExpr()
                || value.isTypeExpr()
                || value.isBinaryExpr()
                || value.isLiteralExpr();
        return !never
                && !isTypeName(value)
                && Scopes.typeOf(value).filter(Type::isPrimitiveType).isEmpty();
    }

    /** `Strings` in `Strings.trim(x)`, `java.util` in `java.util.List.of()`: what no declaration in sight explains. */
    private static boolean isTypeName(Expression value) {
        if (value.isFieldAccessExpr()) {
            String name = value.asFieldAccessExpr().getNameAsString();
            boolean constant = name.equals(name.toUpperCase(Locale.ROOT));
            return Character.isUpperCase(name.charAt(0)) && !constant;
        }
        return value.isNameExpr()
                && Character.isUpperCase(value.asNameExpr().getNameAsString().charAt(0))
                && Scopes.declaration(value.asNameExpr().getNameAsString(), value)
                        .isEmpty();
    }
}
