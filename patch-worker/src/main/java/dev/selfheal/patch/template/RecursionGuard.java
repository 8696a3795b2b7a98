package dev.selfheal.patch.template;

import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Gives a recursion that never ends the base case it lacks. */
public final class RecursionGuard implements FixTemplate {

    @Override
    public String id() {
        return "recursion-guard";
    }

    @Override
    public String displayName() {
        return "Recursion guard";
    }

    @Override
    public String description() {
        return "A method that calls itself on a floating-point argument never reaches its base case for NaN and infinities,"
                + " which no comparison and no subtraction changes: they are answered on entry.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return Set.of("java.lang.StackOverflowError");
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        if (!(site.member() instanceof CallableDeclaration<?> callable)) {
            return List.of();
        }
        Optional<Statement> first = Anchors.bodyOf(callable).stream().findFirst();
        boolean recursive = site.expressions().stream().anyMatch(expression -> calls(expression, callable));
        if (first.isEmpty() || !recursive || asksForNan(first.get())) {
            return List.of();
        }
        return callable.getParameters().stream()
                .filter(parameter ->
                        Set.of("double", "float").contains(parameter.getType().asString()))
                .flatMap(parameter -> entry(site, callable, parameter, first.get()))
                .toList();
    }

    private static boolean asksForNan(Statement first) {
        return Idioms.isGuard(first)
                && first.asIfStmt().getCondition().toString().contains(".isNaN(");
    }

    private static boolean calls(Expression expression, CallableDeclaration<?> callable) {
        return expression instanceof MethodCallExpr call
                && call.getNameAsString().equals(callable.getNameAsString())
                && call.getArguments().size() == callable.getParameters().size();
    }

    private static Stream<TemplateEdit> entry(
            FaultSite site, CallableDeclaration<?> callable, Parameter parameter, Statement first) {
        String name = parameter.getNameAsString();
        String box = parameter.getType().asString().equals("double") ? "Double" : "Float";
        String violated = box + ".isNaN(" + name + ") || " + box + ".isInfinite(" + name + ")";
        Guard guard = new Guard(
                new NameExpr(name),
                violated,
                "!(" + violated + ")",
                List.of(),
                1,
                "the recursion ends for no such value");
        boolean sameType = callable.isMethodDeclaration()
                && callable.asMethodDeclaration().getType().equals(parameter.getType());
        Stream<ReturnValue> values = Stream.concat(
                sameType ? Stream.of(new ReturnValue(name, 0.9)) : Stream.empty(),
                callable.isMethodDeclaration()
                        ? Defaults.of(callable.asMethodDeclaration().getType(), callable.getNameAsString(), site)
                                .stream()
                        : Stream.empty());
        Layout layout = new Layout(site);
        return values.map(value -> new TemplateEdit(
                "non-finite-entry",
                List.of(layout.checkBefore(first, guard.violated(), value.statement())),
                0.9 * value.fit(),
                "Answers NaN and infinities with `" + value.statement() + "`: " + guard.reason() + "."));
    }
}
