package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.IfStmt;
import dev.selfheal.patch.localise.FaultSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code x.isOpen()} in a condition becomes {@code x != null && x.isOpen()}, or {@code x == null || …} where that is the idiom. */
final class ConditionPlacement implements Placement {

    private static final double USUAL = 0.95;
    private static final double UNUSUAL = 0.6;

    @Override
    public List<TemplateEdit> place(FaultSite site, Guard guard) {
        Optional<Expression> found = truthValue(guard.faulting());
        if (found.isEmpty()) {
            return List.of();
        }
        Expression atom = found.get();
        Optional<IfStmt> branch = Anchors.ifDecidedBy(atom);
        boolean asksForEmptiness = branch.filter(Idioms::isGuard).isPresent() && emptiness(site.textOf(atom));
        List<TemplateEdit> edits = new ArrayList<>();
        edits.add(edit(site, atom, guard.safe(), "&&", asksForEmptiness ? UNUSUAL : USUAL, guard));
        if (branch.isPresent() || Expressions.isReturned(atom)) {
            edits.add(edit(site, atom, guard.violated(), "||", asksForEmptiness ? USUAL : UNUSUAL, guard));
        }
        return edits;
    }

    /** The smallest expression around the faulting one that is evaluated for its truth, with a `!` in front of it. */
    private static Optional<Expression> truthValue(Expression faulting) {
        Expression current = faulting;
        while (!isTruthValue(current)) {
            Node parent = current.getParentNode().orElse(null);
            if (!(parent instanceof Expression outer) || outer.isLambdaExpr()) {
                return Optional.empty();
            }
            current = outer;
        }
        return Optional.of(withNegation(current));
    }

    private static boolean isTruthValue(Expression expression) {
        if (Expressions.isReturned(expression)) {
            return !Expressions.isLogical(expression)
                    && Anchors.frame(expression)
                            .filter(frame -> frame instanceof MethodDeclaration method
                                    && method.getType().asString().equals("boolean"))
                            .isPresent();
        }
        return Expressions.isCondition(expression);
    }

    private static Expression withNegation(Expression atom) {
        Expression current = atom;
        while (current.getParentNode().orElse(null) instanceof Expression outer
                && (outer.isEnclosedExpr()
                        || (outer instanceof UnaryExpr unary
                                && unary.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT))) {
            current = outer;
        }
        return current;
    }

    private static boolean emptiness(String text) {
        return !text.startsWith("!")
                && text.matches("(?s).*(?:isEmpty\\(\\)|isBlank\\(\\)|(?:length|size)\\b.*(?:== 0|< 1|<= 0)).*");
    }

    private static TemplateEdit edit(
            FaultSite site, Expression atom, String check, String operator, double score, Guard guard) {
        BinaryExpr.Operator own = operator.equals("&&") ? BinaryExpr.Operator.AND : BinaryExpr.Operator.OR;
        String original = site.textOf(atom);
        String right = weaker(atom, own) ? "(" + original + ")" : original;
        String left = check.contains(operator.equals("&&") ? " || " : " && ") ? "(" + check + ")" : check;
        String joined = left + " " + operator + " " + right;
        boolean mixed = atom.getParentNode().orElse(null) instanceof BinaryExpr parent && parent.getOperator() != own;
        Change change =
                new Change(site.source().start(atom), site.source().end(atom), mixed ? "(" + joined + ")" : joined);
        String variant = operator.equals("&&") ? "condition-and" : "condition-or";
        return new TemplateEdit(
                variant, List.of(change), score, "Checks `" + check + "` in the condition: " + guard.reason() + ".");
    }

    private static boolean weaker(Expression atom, BinaryExpr.Operator own) {
        return atom.isConditionalExpr()
                || atom.isAssignExpr()
                || (atom instanceof BinaryExpr binary && Expressions.isLogical(binary) && binary.getOperator() != own);
    }
}
