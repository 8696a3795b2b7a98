package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.SwitchStmt;
import com.github.javaparser.ast.stmt.SynchronizedStmt;
import com.github.javaparser.ast.stmt.ThrowStmt;
import dev.selfheal.patch.localise.FaultSite;
import dev.selfheal.patch.localise.FaultSite.Callee;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which expression of a site was null: by the message where it names one, else by what the code does with its values. */
final class NullSuspects {

    private static final double NAMED = 1.0;
    private static final double PASSED_BY_NAME = 0.85;
    private static final double SLOT = 0.8;
    private static final double DEREFERENCED = 0.5;
    private static final double PASSED = 0.5;
    private static final double NOT_NAMED = 0.1;
    private static final int MOST = 6;

    private final FaultSite site;
    private final NullPointerMessage message;

    private NullSuspects(FaultSite site, NullPointerMessage message) {
        this.site = site;
        this.message = message;
    }

    /** Most likely first; never a literal, {@code this}, {@code super}, a type name or a primitive. */
    static List<NullSuspect> at(FaultSite site, ErrorInfo error) {
        NullSuspects suspects = new NullSuspects(site, NullPointerMessage.parse(error.message()));
        Stream<NullSuspect> found =
                site.callee().isPresent() ? suspects.passed(site.callee().get()) : suspects.dereferenced();
        return found.filter(suspect -> Nullability.canBeNull(suspect.value()))
                .sorted(Comparator.comparingDouble(NullSuspect::match).reversed())
                .limit(MOST)
                .toList();
    }

    private Stream<NullSuspect> dereferenced() {
        List<NullSuspect> all = new ArrayList<>();
        for (Expression expression : site.expressions()) {
            receiver(expression).ifPresent(value -> all.add(suspect(value, expression)));
        }
        site.statement().flatMap(NullSuspects::subject).ifPresent(value -> all.add(suspect(value, value)));
        if (all.stream().allMatch(suspect -> suspect.match() <= NOT_NAMED)) {
            // Unboxing, string switches and the like: the message names a value that nothing visibly dereferences.
            site.expressions().stream()
                    .filter(expression -> match(expression) > DEREFERENCED && !comparedWithNull(expression))
                    .forEach(expression -> all.add(suspect(expression, expression)));
        }
        return all.stream();
    }

    private static boolean comparedWithNull(Expression expression) {
        return expression.getParentNode().orElse(null) instanceof BinaryExpr comparison
                && (comparison.getLeft().isNullLiteralExpr()
                        || comparison.getRight().isNullLiteralExpr());
    }

    private NullSuspect suspect(Expression value, Expression user) {
        return new NullSuspect(value, user, match(value));
    }

    private static Optional<Expression> receiver(Expression expression) {
        if (expression instanceof MethodCallExpr call) {
            return call.getScope();
        }
        if (expression instanceof FieldAccessExpr access) {
            return Optional.of(access.getScope());
        }
        if (expression instanceof ArrayAccessExpr access) {
            return Optional.of(access.getName());
        }
        return expression instanceof MethodReferenceExpr reference
                        && !reference.getScope().isTypeExpr()
                ? Optional.of(reference.getScope())
                : Optional.empty();
    }

    private static Optional<Expression> subject(Node statement) {
        if (statement instanceof ForEachStmt loop) {
            return Optional.of(loop.getIterable());
        }
        if (statement instanceof SwitchStmt choice) {
            return Optional.of(choice.getSelector());
        }
        if (statement instanceof SynchronizedStmt lock) {
            return Optional.of(lock.getExpression());
        }
        return statement instanceof ThrowStmt thrown ? Optional.of(thrown.getExpression()) : Optional.empty();
    }

    private Stream<NullSuspect> passed(Callee callee) {
        return site.expressions().stream()
                .flatMap(expression -> arguments(expression, callee)
                        .map(arguments -> passed(expression, arguments, callee))
                        .orElse(Stream.empty()));
    }

    private Stream<NullSuspect> passed(Expression call, NodeList<Expression> arguments, Callee callee) {
        boolean checks = callee.method().equals("requireNonNull");
        int named = message instanceof NullPointerMessage.Named name
                ? callee.parameters().indexOf(name.path())
                : -1;
        // A message about a value of the callee's own that is no parameter of it clears what was passed.
        boolean cleared = callee.inApp() && !(message instanceof NullPointerMessage.Unknown);
        double otherwise = cleared ? NOT_NAMED : PASSED;
        return Stream.iterate(0, index -> index < arguments.size(), index -> index + 1)
                .filter(index -> !checks || index == 0)
                .map(index -> new NullSuspect(
                        arguments.get(index), call, checks || index == named ? PASSED_BY_NAME : otherwise));
    }

    private static Optional<NodeList<Expression>> arguments(Expression expression, Callee callee) {
        if (expression instanceof MethodCallExpr call && call.getNameAsString().equals(callee.method())) {
            return Optional.of(call.getArguments());
        }
        return expression instanceof ObjectCreationExpr creation
                        && callee.method().equals("<init>")
                ? Optional.of(creation.getArguments())
                : Optional.empty();
    }

    private double match(Expression value) {
        if (message instanceof NullPointerMessage.Unknown) {
            return DEREFERENCED;
        }
        if (message instanceof NullPointerMessage.Named named) {
            return plain(site.textOf(value)).equals(plain(named.path())) ? NAMED : NOT_NAMED;
        }
        if (message instanceof NullPointerMessage.Returned returned) {
            boolean same = value instanceof MethodCallExpr call
                    && call.getNameAsString().equals(returned.method())
                    && call.getArguments().size() == returned.arguments();
            return same ? NAMED : NOT_NAMED;
        }
        return inSlot(value, ((NullPointerMessage.Slot) message).number());
    }

    /** Without {@code this.}, qualifiers that are types, white space, and the arguments or indexes of calls and accesses. */
    private static String plain(String path) {
        return path.replaceAll("\\s", "")
                .replaceAll("\\([^()]*\\)", "()")
                .replaceAll("\\[[^\\[\\]]*\\]", "[]")
                .replaceFirst("^this\\.", "")
                .replaceFirst("^(?:[a-z][\\w]*\\.)*(?:[A-Z][\\w$]*\\.)+", "");
    }

    private double inSlot(Expression value, int slot) {
        if (!value.isNameExpr()) {
            return site.statement()
                            .flatMap(NullSuspects::subject)
                            .filter(subject -> Nodes.same(subject, value))
                            .isPresent()
                    ? SLOT
                    : NOT_NAMED;
        }
        Optional<Node> declaration = Scopes.declaration(value.asNameExpr().getNameAsString(), value);
        Optional<Node> owner = slots(site.member(), slot);
        if (owner.isPresent()) {
            return declaration.equals(owner) ? NAMED : NOT_NAMED;
        }
        boolean local = declaration.filter(node -> !(node instanceof Parameter)).isPresent();
        return local || site.statement().filter(SwitchStmt.class::isInstance).isPresent() ? SLOT : NOT_NAMED;
    }

    /** The parameter in a local variable slot: `this` takes one, long and double take two. */
    private static Optional<Node> slots(Node member, int slot) {
        if (!(member instanceof CallableDeclaration<?> callable)) {
            return Optional.empty();
        }
        int next = callable instanceof MethodDeclaration method && method.isStatic() ? 0 : 1;
        for (Parameter parameter : callable.getParameters()) {
            if (next == slot) {
                return Optional.of(parameter);
            }
            String type = parameter.getType().asString();
            next += type.equals("long") || type.equals("double") ? 2 : 1;
        }
        return Optional.empty();
    }
}
