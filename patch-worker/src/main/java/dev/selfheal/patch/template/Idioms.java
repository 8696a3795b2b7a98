package dev.selfheal.patch.template;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the code around already does about input it cannot handle: the plastic surgery hypothesis on the scale of a file. */
final class Idioms {

    private static final double IN_METHOD = 0.97;
    private static final double IN_FILE = 0.9;

    private Idioms() {}

    /** Values that existing guards of methods with the same return type return. */
    static List<ReturnValue> guardReturns(FaultSite site, MethodDeclaration method) {
        return site.source().unit().findAll(MethodDeclaration.class).stream()
                .filter(other -> other.getType().equals(method.getType()))
                .flatMap(other -> guards(other).flatMap(value -> translate(value, other, method).stream()))
                .toList();
    }

    /** True when a statement is {@code if (…) return …;} or another way out. */
    static boolean isGuard(Statement statement) {
        return statement instanceof IfStmt branch
                && Anchors.onlyThen(branch).filter(Idioms::leaves).isPresent();
    }

    private static boolean leaves(Statement statement) {
        return statement.isReturnStmt() || statement.isContinueStmt() || statement.isBreakStmt();
    }

    private static Stream<Expression> guards(MethodDeclaration method) {
        return Anchors.bodyOf(method).stream()
                .filter(Idioms::isGuard)
                .map(statement -> (IfStmt) statement)
                .filter(branch -> checksInput(branch.getCondition()))
                .flatMap(branch -> Anchors.onlyThen(branch).stream())
                .filter(Statement::isReturnStmt)
                .map(Statement::asReturnStmt)
                .flatMap(statement -> statement.getExpression().stream());
    }

    private static boolean checksInput(Expression condition) {
        return condition.toString().matches("(?s).*(?:== null|null ==|[eE]mpty|length|size\\(\\)|<|>|instanceof).*");
    }

    private static Optional<ReturnValue> translate(Expression value, MethodDeclaration from, MethodDeclaration to) {
        double fit = Nodes.same(from, to) ? IN_METHOD : IN_FILE;
        if (ReturnValues.isPortable(value)) {
            return Optional.of(new ReturnValue(value.toString(), fit));
        }
        int position = ReturnValues.parameterNames(from).indexOf(value.toString());
        boolean same = position >= 0
                && position < to.getParameters().size()
                && to.getParameter(position).getType().equals(to.getType());
        return same ? Optional.of(new ReturnValue(to.getParameter(position).getNameAsString(), fit)) : Optional.empty();
    }
}
