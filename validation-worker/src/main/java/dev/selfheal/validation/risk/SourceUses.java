package dev.selfheal.validation.risk;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds what one file reaches for, from its syntax tree. Without types a call on a variable is judged by telling method
 * names only; {@link BytecodeUses} sees the rest.
 */
final class SourceUses {

    private final SourceNames names;
    private final Predicate<String> ownClass;
    private final List<Use> uses = new ArrayList<>();

    private SourceUses(SourceNames names, Predicate<String> ownClass) {
        this.names = names;
        this.ownClass = ownClass;
    }

    /**
     * @param ownClass true for classes of the project itself, which are no capability
     */
    static List<Use> of(CompilationUnit unit, Predicate<String> ownClass) {
        SourceUses visitor = new SourceUses(new SourceNames(unit), ownClass);
        unit.walk(visitor::visit);
        return visitor.uses;
    }

    private void visit(Node node) {
        if (node instanceof ClassOrInterfaceType type) {
            if (forbidsDeserialisation(type)) {
                return;
            }
            type(type.getNameWithScope(), line(node));
        } else if (node instanceof ObjectCreationExpr creation) {
            member(creation.getType().getNameWithScope(), "<init>", line(node));
        } else if (node instanceof MethodCallExpr call) {
            call(call);
        } else if (node instanceof MethodReferenceExpr reference) {
            scoped(text(reference.getScope()), reference.getIdentifier(), line(node));
        } else if (node instanceof FieldAccessExpr access && isName(access.getScope())) {
            type(access.getScope().toString(), line(node));
        }
    }

    /** The parameter of a {@code readObject} that does nothing but throw; what the throw itself calls is still looked at. */
    private static boolean forbidsDeserialisation(ClassOrInterfaceType type) {
        return type.getParentNode()
                .filter(Parameter.class::isInstance)
                .flatMap(Node::getParentNode)
                .filter(MethodDeclaration.class::isInstance)
                .map(MethodDeclaration.class::cast)
                .filter(method -> method.getNameAsString().equals("readObject"))
                .flatMap(MethodDeclaration::getBody)
                .filter(body ->
                        body.getStatements().size() == 1 && body.getStatement(0).isThrowStmt())
                .isPresent();
    }

    private void call(MethodCallExpr call) {
        String method = call.getNameAsString();
        if (call.getScope().isEmpty()) {
            names.staticMember(method).forEach(full -> report(full, line(call)));
        } else {
            scoped(text(call.getScope().get()), method, line(call));
        }
        for (RiskRule rule : RiskRules.ALL) {
            if (rule.methodNames().contains(method)) {
                uses.add(new Use(rule, method, line(call)));
            }
        }
    }

    private void scoped(String scope, String member, int line) {
        if (!scope.isEmpty()) {
            type(scope, line);
            member(scope, member, line);
        }
    }

    private void type(String written, int line) {
        for (String name : names.candidates(written)) {
            if (!ownClass.test(name)) {
                RiskRules.ALL.stream()
                        .filter(rule -> rule.matchesType(name))
                        .forEach(rule -> uses.add(new Use(rule, name, line)));
            }
        }
    }

    private void member(String written, String member, int line) {
        names.candidates(written).forEach(name -> report(name + "#" + member, line));
    }

    private void report(String member, int line) {
        String owner = member.substring(0, member.indexOf('#'));
        for (RiskRule rule : RiskRules.ALL) {
            if (rule.matchesMember(member) || (rule.matchesType(owner) && !ownClass.test(owner))) {
                uses.add(new Use(rule, member, line));
            }
        }
    }

    private static String text(Expression scope) {
        if (scope instanceof TypeExpr type) {
            return type.getType().asString();
        }
        return isName(scope) ? scope.toString() : "";
    }

    private static boolean isName(Expression expression) {
        return expression instanceof NameExpr
                || (expression instanceof FieldAccessExpr access && isName(access.getScope()));
    }

    private static int line(Node node) {
        return node.getBegin().map(position -> position.line).orElse(0);
    }
}
