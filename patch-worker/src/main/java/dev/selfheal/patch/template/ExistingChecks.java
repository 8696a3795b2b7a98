package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.patch.localise.FaultSite;
import java.util.Optional;

/** Whether code on the way to an expression asks already what a guard would ask: then that check is not what is missing. */
final class ExistingChecks {

    private ExistingChecks() {}

    static boolean cover(FaultSite site, Guard guard) {
        Node child = guard.faulting();
        for (Optional<Node> next = child.getParentNode(); next.isPresent(); next = child.getParentNode()) {
            Node parent = next.get();
            if (covers(site, parent, child, guard)) {
                return true;
            }
            if (Nodes.same(parent, site.member())) {
                return false;
            }
            child = parent;
        }
        return false;
    }

    private static boolean covers(FaultSite site, Node parent, Node child, Guard guard) {
        if (parent instanceof BlockStmt block) {
            return block.getStatements().stream()
                    .takeWhile(statement -> !Nodes.same(statement, child))
                    .filter(Idioms::isGuard)
                    .anyMatch(statement -> asks(site, statement.asIfStmt().getCondition(), guard.violated()));
        }
        if (parent instanceof IfStmt branch) {
            return isNot(branch.getCondition(), child)
                    && asks(site, branch.getCondition(), asked(branch, child, guard));
        }
        if (parent instanceof ConditionalExpr choice) {
            boolean then = Nodes.same(choice.getThenExpr(), child);
            return isNot(choice.getCondition(), child)
                    && asks(site, choice.getCondition(), then ? guard.safe() : guard.violated());
        }
        return parent instanceof BinaryExpr both
                && Expressions.isLogical(both)
                && Nodes.same(both.getRight(), child)
                && asks(
                        site,
                        both.getLeft(),
                        both.getOperator() == BinaryExpr.Operator.AND ? guard.safe() : guard.violated());
    }

    private static String asked(IfStmt branch, Node child, Guard guard) {
        Statement then = branch.getThenStmt();
        return Nodes.same(then, child) ? guard.safe() : guard.violated();
    }

    private static boolean isNot(Expression condition, Node child) {
        return !Nodes.same(condition, child);
    }

    private static boolean asks(FaultSite site, Expression condition, String check) {
        return plain(site.textOf(condition)).contains(plain(check));
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", "");
    }
}
