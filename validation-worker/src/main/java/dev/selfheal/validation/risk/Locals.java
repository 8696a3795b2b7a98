package dev.selfheal.validation.risk;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.ArrayCreationExpr;
import com.github.javaparser.ast.expr.ArrayInitializerExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.TypePatternExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import java.util.Optional;

/** Names of variables of the method they stand in, told by the text: whatever is declared in it by that name. */
final class Locals {

    private Locals() {}

    /** A local variable or a parameter. */
    static boolean declares(NameExpr name) {
        String wanted = name.getNameAsString();
        return method(name)
                .flatMap(method -> method.findFirst(
                        Node.class,
                        node -> (node instanceof VariableDeclarator variable
                                        && isLocal(variable)
                                        && variable.getNameAsString().equals(wanted))
                                || (node instanceof Parameter parameter
                                        && parameter.getNameAsString().equals(wanted))
                                || (node instanceof TypePatternExpr pattern
                                        && pattern.getNameAsString().equals(wanted))))
                .isPresent();
    }

    /** A local variable that holds, from its declaration on, an object or array made there. */
    static boolean isMadeHere(NameExpr name) {
        return method(name)
                .flatMap(method -> method.findFirst(
                        VariableDeclarator.class,
                        variable -> isLocal(variable)
                                && variable.getNameAsString().equals(name.getNameAsString())
                                && variable.getInitializer()
                                        .filter(Locals::makes)
                                        .isPresent()))
                .isPresent();
    }

    private static boolean makes(Expression value) {
        return value instanceof ObjectCreationExpr
                || value instanceof ArrayCreationExpr
                || value instanceof ArrayInitializerExpr;
    }

    private static boolean isLocal(VariableDeclarator variable) {
        return variable.getParentNode()
                .filter(VariableDeclarationExpr.class::isInstance)
                .isPresent();
    }

    /** The method or constructor that the node is in. */
    static Optional<Node> method(Node node) {
        Optional<Node> parent = node.getParentNode();
        while (parent.isPresent() && !(parent.get() instanceof CallableDeclaration)) {
            parent = parent.get().getParentNode();
        }
        return parent;
    }
}
