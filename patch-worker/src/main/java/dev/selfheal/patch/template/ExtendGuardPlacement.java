package dev.selfheal.patch.template;

import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;

/** An existing {@code if (a) return b;} in front of the site also covers the case that fails: {@code if (a || violated)}. */
final class ExtendGuardPlacement implements Placement {

    private static final double SAME_INPUT = 0.9;
    private static final double SAME_QUESTION = 0.85;
    private static final double OTHER_INPUT = 0.6;

    @Override
    public List<TemplateEdit> place(FaultSite site, Guard guard) {
        if (!(Anchors.frame(guard.faulting()).orElse(null) instanceof CallableDeclaration<?> callable)) {
            return List.of();
        }
        return Anchors.bodyOf(callable).stream()
                .takeWhile(statement -> !statement.isAncestorOf(guard.faulting()))
                .filter(Idioms::isGuard)
                .map(Statement::asIfStmt)
                .filter(branch -> Scopes.names(guard.inputs())
                        .flatMap(name -> Scopes.declaration(name.getNameAsString(), name).stream())
                        .noneMatch(declared -> callable.isAncestorOf(declared)
                                && declared.getBegin()
                                        .orElseThrow()
                                        .isAfter(branch.getBegin().orElseThrow())))
                .map(branch -> extend(site, branch, guard))
                .toList();
    }

    private static TemplateEdit extend(FaultSite site, IfStmt branch, Guard guard) {
        Expression condition = branch.getCondition();
        String original = site.textOf(condition);
        String left = condition.isConditionalExpr() || condition.isAssignExpr() ? "(" + original + ")" : original;
        String right = guard.violated().contains(" && ") ? "(" + guard.violated() + ")" : guard.violated();
        Change change = new Change(site.source().start(condition), site.source().end(condition), left + " || " + right);
        return new TemplateEdit(
                "extend-guard",
                List.of(change),
                fit(condition, original, guard),
                "Lets the existing guard cover `" + guard.violated() + "` too: " + guard.reason() + ".");
    }

    private static double fit(Expression condition, String text, Guard guard) {
        boolean sameInput = Scopes.names(guard.inputs())
                .anyMatch(name -> Scopes.names(List.of(condition))
                        .anyMatch(other -> other.getNameAsString().equals(name.getNameAsString())));
        if (sameInput) {
            return SAME_INPUT;
        }
        return guard.violated().endsWith("== null") && text.contains("== null") ? SAME_QUESTION : OTHER_INPUT;
    }
}
