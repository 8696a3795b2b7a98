package dev.selfheal.validation.risk;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.nodeTypes.NodeWithStatements;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.BreakStmt;
import com.github.javaparser.ast.stmt.ContinueStmt;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.ThrowStmt;
import com.github.javaparser.ast.stmt.WhileStmt;
import dev.selfheal.event.FindingLevel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A condition that skips a change of state after another one was made: {@code source.balance -= amount; if (target == null)
 * return; target.balance += amount;}. No exception is left, the tests pass, and money is gone. A change is an assignment to
 * what is no local variable, or a call whose result nobody looks at; logging, checks of arguments and objects that the method
 * made itself do not count.
 */
final class HalfDoneRules {

    static final RiskRule HALF_DONE = RiskRule.ofConstruct(
            "SH-RISK-HALF-DONE", FindingLevel.WARNING, 705, "skips a change of state behind another one");

    static final List<RiskRule> ALL = List.of(HALF_DONE);

    private static final Pattern HARMLESS = Pattern.compile(
            "(?i)(log|trace|debug|info|warn|error|fine|finer|finest|severe|print|println|printf"
                    + "|(check|require|ensure|validate|verify|assert)((?-i:[A-Z])\\w*)?|notNull|notEmpty|isTrue|close|flush|lock|unlock)");

    private HalfDoneRules() {}

    static void visit(Node node, List<Use> uses) {
        if (node instanceof IfStmt branch && isHalfDone(branch)) {
            uses.add(new Use(HALF_DONE, "if (" + branch.getCondition() + ")", SyntaxRules.line(branch)));
        } else if (node instanceof MethodCallExpr call && isHalfDone(call)) {
            uses.add(new Use(HALF_DONE, call.getNameAsString(), SyntaxRules.line(call)));
        }
    }

    private static boolean isHalfDone(IfStmt branch) {
        Statement then = branch.getThenStmt();
        Optional<Statement> otherwise = branch.getElseStmt();
        Optional<Statement> leaves = exit(then).or(() -> otherwise.flatMap(HalfDoneRules::exit));
        boolean elseChanges = otherwise.filter(HalfDoneRules::changesState).isPresent();
        if (leaves.isEmpty()) {
            return changesState(then) != elseChanges && !builds(branch) && isBehindAChange(branch, false);
        }
        boolean leavesMethod = leaves.get() instanceof ReturnStmt;
        boolean skips = exit(then).isPresent() ? elseChanges : changesState(then);
        return (leavesMethod || leaves.get() instanceof ContinueStmt || leaves.get() instanceof BreakStmt)
                && isBehindAChange(branch, leavesMethod)
                && (skips || isBeforeAChange(branch, leavesMethod));
    }

    /** What {@code Optional} does only with a value there. */
    private static boolean isHalfDone(MethodCallExpr call) {
        return call.getNameAsString().equals("ifPresent")
                && call.getArguments().stream()
                        .anyMatch(each -> each instanceof LambdaExpr lambda && changesState(lambda.getBody()))
                && !builds(call)
                && isBehindAChange(call, false);
    }

    private static boolean builds(Node node) {
        return Locals.method(node)
                .filter(ConstructorDeclaration.class::isInstance)
                .isPresent();
    }

    /** The statement with which it always ends what it stands in. */
    private static Optional<Statement> exit(Statement statement) {
        if (statement instanceof BlockStmt block) {
            return block.getStatements().getLast().flatMap(HalfDoneRules::exit);
        }
        boolean exits = statement instanceof ReturnStmt
                || statement instanceof ThrowStmt
                || statement instanceof ContinueStmt
                || statement instanceof BreakStmt;
        return exits ? Optional.of(statement) : Optional.empty();
    }

    private static boolean isBehindAChange(Node branch, boolean leavesMethod) {
        return around(branch, leavesMethod, true);
    }

    private static boolean isBeforeAChange(IfStmt branch, boolean leavesMethod) {
        return around(branch, leavesMethod, false);
    }

    /** Looks at the statements beside it, and beside what it stands in, up to what the exit leaves. */
    private static boolean around(Node inner, boolean leavesMethod, boolean before) {
        Node child = inner;
        Optional<Node> parent = child.getParentNode();
        while (parent.isPresent() && !ends(parent.get(), leavesMethod)) {
            if (parent.get() instanceof NodeWithStatements<?> block) { // a block, or the entry of a switch
                int at = indexOf(child, block.getStatements());
                List<Statement> beside = before
                        ? block.getStatements().subList(0, Math.max(0, at))
                        : block.getStatements()
                                .subList(at + 1, block.getStatements().size());
                if (beside.stream().anyMatch(HalfDoneRules::changesState)) {
                    return true;
                }
            }
            child = parent.get();
            parent = child.getParentNode();
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // the very node: another one may look the same
    private static int indexOf(Node node, List<Statement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i) == node) {
                return i;
            }
        }
        return -1;
    }

    private static boolean ends(Node node, boolean leavesMethod) {
        boolean loop = node instanceof ForStmt
                || node instanceof ForEachStmt
                || node instanceof WhileStmt
                || node instanceof DoStmt;
        return node instanceof CallableDeclaration || node instanceof LambdaExpr || (loop && !leavesMethod);
    }

    /** On the way that goes on behind it: what is changed before an exit of its own is another way. */
    private static boolean changesState(Node node) {
        if (isChange(node)) {
            return true;
        }
        return node.getChildNodes().stream()
                .filter(child ->
                        !(child instanceof LambdaExpr) && !(child instanceof BodyDeclaration) && !leaves(child))
                .anyMatch(HalfDoneRules::changesState);
    }

    /** A block inside of a statement that never gets to what comes behind that statement. */
    private static boolean leaves(Node node) {
        return node instanceof BlockStmt block
                && exit(block).filter(exit -> !(exit instanceof ContinueStmt)).isPresent();
    }

    private static boolean isChange(Node node) {
        if (node instanceof AssignExpr assignment) {
            return isShared(assignment.getTarget());
        }
        if (node instanceof UnaryExpr unary) {
            Set<UnaryExpr.Operator> steps = Set.of(
                    UnaryExpr.Operator.PREFIX_INCREMENT,
                    UnaryExpr.Operator.PREFIX_DECREMENT,
                    UnaryExpr.Operator.POSTFIX_INCREMENT,
                    UnaryExpr.Operator.POSTFIX_DECREMENT);
            return steps.contains(unary.getOperator()) && isShared(unary.getExpression());
        }
        return node instanceof ExpressionStmt alone
                && alone.getExpression() instanceof MethodCallExpr call
                && !HARMLESS.matcher(call.getNameAsString()).matches()
                && call.getScope().map(HalfDoneRules::isReachedByOthers).orElse(true);
    }

    /** A place to write to that others can see. */
    private static boolean isShared(Expression target) {
        if (target instanceof FieldAccessExpr field) {
            return isReachedByOthers(field.getScope());
        }
        if (target instanceof ArrayAccessExpr element) {
            return isReachedByOthers(element.getName());
        }
        return target instanceof NameExpr name && !Locals.declares(name);
    }

    /** An object that the method did not make itself. */
    private static boolean isReachedByOthers(Expression object) {
        if (object instanceof MethodCallExpr call) {
            return call.getScope().map(HalfDoneRules::isReachedByOthers).orElse(true);
        }
        return !(object instanceof NameExpr name && Locals.isMadeHere(name)) && !(object instanceof ObjectCreationExpr);
    }
}
