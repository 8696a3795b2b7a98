package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks a divisor before dividing by it. */
public final class ArithmeticGuard implements FixTemplate {

    private static final Set<BinaryExpr.Operator> DIVISIONS =
            Set.of(BinaryExpr.Operator.DIVIDE, BinaryExpr.Operator.REMAINDER);
    private static final Set<AssignExpr.Operator> ASSIGNING =
            Set.of(AssignExpr.Operator.DIVIDE, AssignExpr.Operator.REMAINDER);

    @Override
    public String id() {
        return "arithmetic-guard";
    }

    @Override
    public String displayName() {
        return "Arithmetic guard";
    }

    @Override
    public String description() {
        return "Checks that the divisor of an integer division or remainder is not zero.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return Set.of("java.lang.ArithmeticException");
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        if (!error.message().contains("zero") || site.callee().isPresent()) {
            return List.of();
        }
        List<Guard> guards = site.expressions().stream()
                .flatMap(expression -> divisor(expression).map(divisor -> guard(site, expression, divisor)).stream())
                .toList();
        return Placements.place(site, guards);
    }

    private static Optional<Expression> divisor(Expression expression) {
        Optional<Expression> divisor = Optional.empty();
        if (expression instanceof BinaryExpr binary && DIVISIONS.contains(binary.getOperator())) {
            divisor = Optional.of(binary.getRight());
        } else if (expression instanceof AssignExpr assignment && ASSIGNING.contains(assignment.getOperator())) {
            divisor = Optional.of(assignment.getValue());
        }
        return divisor.filter(candidate -> !Expressions.bare(candidate).isLiteralExpr());
    }

    private static Guard guard(FaultSite site, Expression division, Expression divisor) {
        String text = Expressions.operand(divisor, site.textOf(divisor));
        return new Guard(division, text + " == 0", text + " != 0", List.of(divisor), 1, "`" + text + "` can be zero");
    }
}
