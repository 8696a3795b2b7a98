package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.TypePatternExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.SwitchEntry;
import com.github.javaparser.ast.stmt.TryStmt;
import com.github.javaparser.ast.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lexical lookup of names: what a file alone can tell, without its class path. */
final class Scopes {

    private Scopes() {}

    /** The parameter, variable or field a simple name stands for at a node; empty for inherited members and types. */
    static Optional<Node> declaration(String name, Node at) {
        Node child = at;
        for (Optional<Node> parent = at.getParentNode(); parent.isPresent(); parent = child.getParentNode()) {
            Node scope = parent.get();
            Optional<Node> found = declaredIn(scope, child)
                    .filter(node -> nameOf(node).equals(name))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            child = scope;
        }
        return Optional.empty();
    }

    /** The declared type of a simple name; empty for {@code var} and for names that are not declared in this file. */
    static Optional<Type> typeOf(Expression expression) {
        Expression bare = Expressions.bare(expression);
        if (bare.isFieldAccessExpr() && bare.asFieldAccessExpr().getScope().isThisExpr()) {
            return typeOfName(bare.asFieldAccessExpr().getNameAsString(), bare);
        }
        return bare.isNameExpr() ? typeOfName(bare.asNameExpr().getNameAsString(), bare) : Optional.empty();
    }

    /** True when every variable in the expressions is declared outside the statement and visible in front of it. */
    static boolean visibleBefore(Statement statement, List<Expression> expressions) {
        return names(expressions)
                .flatMap(name -> declaration(name.getNameAsString(), name).stream())
                .noneMatch(statement::isAncestorOf);
    }

    /** True when the expressions mention parameters of the callable and nothing local, and none is assigned before the node. */
    static boolean onlyUntouchedParameters(CallableDeclaration<?> callable, List<Expression> expressions, Node before) {
        List<Node> declarations = names(expressions)
                .flatMap(name -> declaration(name.getNameAsString(), name).stream())
                .toList();
        boolean local =
                declarations.stream().anyMatch(node -> !(node instanceof Parameter) && callable.isAncestorOf(node));
        boolean calls = expressions.stream().anyMatch(Expressions::callsSomething);
        return !local
                && !calls
                && declarations.stream().anyMatch(callable.getParameters()::contains)
                && names(expressions).noneMatch(name -> assigned(callable, name.getNameAsString(), before));
    }

    static Stream<NameExpr> names(List<Expression> expressions) {
        return expressions.stream().flatMap(expression -> expression.findAll(NameExpr.class).stream());
    }

    private static boolean assigned(Node within, String name, Node before) {
        Stream<Expression> targets = Stream.concat(
                within.findAll(AssignExpr.class).stream().map(AssignExpr::getTarget),
                within.findAll(UnaryExpr.class).stream()
                        .filter(unary -> unary.getOperator().isPrefix()
                                || unary.getOperator().isPostfix())
                        .filter(unary -> Expressions.increments(unary))
                        .map(UnaryExpr::getExpression));
        return targets.filter(target -> target.toString().equals(name))
                .anyMatch(target -> target.getBegin()
                        .orElseThrow()
                        .isBefore(before.getBegin().orElseThrow()));
    }

    private static Optional<Type> typeOfName(String name, Node at) {
        return declaration(name, at).map(Scopes::type).filter(type -> !type.isVarType() && !type.isUnknownType());
    }

    private static Type type(Node declaration) {
        if (declaration instanceof VariableDeclarator variable) {
            return variable.getType();
        }
        return declaration instanceof TypePatternExpr pattern ? pattern.getType() : ((Parameter) declaration).getType();
    }

    private static String nameOf(Node declaration) {
        if (declaration instanceof VariableDeclarator variable) {
            return variable.getNameAsString();
        }
        return declaration instanceof TypePatternExpr pattern
                ? pattern.getNameAsString()
                : ((Parameter) declaration).getNameAsString();
    }

    private static Stream<Node> declaredIn(Node scope, Node child) {
        if (scope instanceof BlockStmt block) {
            return inStatements(block.getStatements(), child);
        }
        if (scope instanceof SwitchEntry entry) {
            return inStatements(entry.getStatements(), child);
        }
        if (scope instanceof ForStmt loop) {
            return loop.getInitialization().stream().flatMap(Scopes::variables);
        }
        if (scope instanceof ForEachStmt loop) {
            return Nodes.same(child, loop.getBody()) ? variables(loop.getVariable()) : Stream.empty();
        }
        if (scope instanceof TryStmt attempt) {
            return attempt.getResources().stream().flatMap(Scopes::variables);
        }
        if (scope instanceof CatchClause clause) {
            return Stream.of(clause.getParameter());
        }
        return declaredInMember(scope);
    }

    private static Stream<Node> declaredInMember(Node scope) {
        if (scope instanceof LambdaExpr lambda) {
            return lambda.getParameters().stream().map(Node.class::cast);
        }
        if (scope instanceof CallableDeclaration<?> callable) {
            return callable.getParameters().stream().map(Node.class::cast);
        }
        if (scope instanceof TypeDeclaration<?> type) {
            return type.getFields().stream().flatMap(field -> field.getVariables().stream());
        }
        if (scope instanceof ObjectCreationExpr creation) {
            return creation.getAnonymousClassBody().stream()
                    .flatMap(List::stream)
                    .filter(FieldDeclaration.class::isInstance)
                    .flatMap(field -> ((FieldDeclaration) field).getVariables().stream());
        }
        return scope instanceof Statement || scope instanceof Expression
                ? scope.findAll(TypePatternExpr.class).stream().map(Node.class::cast)
                : Stream.empty();
    }

    private static Stream<Node> inStatements(List<Statement> statements, Node child) {
        return statements.stream()
                .takeWhile(statement -> !Nodes.same(statement, child))
                .filter(Statement::isExpressionStmt)
                .flatMap(statement -> variables(statement.asExpressionStmt().getExpression()));
    }

    private static Stream<Node> variables(Expression expression) {
        return expression instanceof VariableDeclarationExpr declaration
                ? declaration.getVariables().stream().map(Node.class::cast)
                : Stream.empty();
    }
}
