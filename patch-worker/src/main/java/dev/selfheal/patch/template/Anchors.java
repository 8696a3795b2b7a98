package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.SwitchEntry;
import com.github.javaparser.ast.stmt.WhileStmt;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where around a node statements can go. */
final class Anchors {

    private Anchors() {}

    /** The nearest statement around the node that another statement can stand in front of. */
    static Optional<Statement> statement(Node node) {
        return ancestors(node)
                .filter(Statement.class::isInstance)
                .map(Statement.class::cast)
                .filter(Anchors::canBePreceded)
                .findFirst();
    }

    /** The method, constructor or lambda that a return statement at the node would leave; empty in initialisers. */
    static Optional<Node> frame(Node node) {
        return climb(node)
                .filter(parent -> parent instanceof LambdaExpr || parent instanceof CallableDeclaration)
                .findFirst();
    }

    /** The nearest loop whose body holds the node. */
    static Optional<Statement> loop(Node node) {
        Predicate<Node> isLoop = parent -> parent instanceof ForStmt
                || parent instanceof ForEachStmt
                || parent instanceof WhileStmt
                || parent instanceof DoStmt;
        return ancestors(node)
                .filter(isLoop)
                .map(Statement.class::cast)
                .filter(loop -> Nodes.within(node, body(loop)))
                .findFirst();
    }

    /** Enclosing ifs that reach the node through their then-branch, innermost first. */
    static List<IfStmt> enclosingIfs(Node node) {
        return ancestors(node)
                .filter(IfStmt.class::isInstance)
                .map(IfStmt.class::cast)
                .filter(branch -> Nodes.within(node, branch.getThenStmt()))
                .toList();
    }

    /** The if whose condition the expression is, or is part of. */
    static Optional<IfStmt> ifDecidedBy(Expression expression) {
        return ancestors(expression)
                .filter(Statement.class::isInstance)
                .findFirst()
                .filter(IfStmt.class::isInstance)
                .map(IfStmt.class::cast)
                .filter(branch -> Nodes.within(expression, branch.getCondition()));
    }

    /** Statements of the callable's body, in order; none for abstract and native methods. */
    static List<Statement> bodyOf(CallableDeclaration<?> callable) {
        Optional<BlockStmt> body =
                callable instanceof MethodDeclaration method ? method.getBody() : callable.findFirst(BlockStmt.class);
        return body.map(block -> List.<Statement>copyOf(block.getStatements())).orElse(List.of());
    }

    /** The then-branch as a single statement, braces taken off; empty when it holds more or there is an else. */
    static Optional<Statement> onlyThen(IfStmt branch) {
        Statement then = branch.getThenStmt();
        if (branch.getElseStmt().isPresent()) {
            return Optional.empty();
        }
        if (!then.isBlockStmt()) {
            return Optional.of(then);
        }
        List<Statement> statements = then.asBlockStmt().getStatements();
        return statements.size() == 1 ? Optional.of(statements.get(0)) : Optional.empty();
    }

    private static Node body(Statement loop) {
        if (loop instanceof ForStmt statement) {
            return statement.getBody();
        }
        if (loop instanceof ForEachStmt statement) {
            return statement.getBody();
        }
        return loop instanceof WhileStmt statement ? statement.getBody() : ((DoStmt) loop).getBody();
    }

    private static boolean canBePreceded(Statement statement) {
        Node parent = statement.getParentNode().orElse(null);
        boolean inList = parent instanceof BlockStmt
                || (parent instanceof SwitchEntry entry && entry.getType() == SwitchEntry.Type.STATEMENT_GROUP);
        return inList && !statement.isExplicitConstructorInvocationStmt();
    }

    /** The node and what is around it, up to and without the nearest lambda or member. */
    private static Stream<Node> ancestors(Node node) {
        return climb(node)
                .takeWhile(parent -> !(parent instanceof LambdaExpr || parent instanceof CallableDeclaration));
    }

    private static Stream<Node> climb(Node node) {
        return Stream.iterate(
                        Optional.of(node),
                        Optional::isPresent,
                        current -> current.orElseThrow().getParentNode())
                .map(Optional::orElseThrow);
    }
}
