package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Compares without dereferencing the side that can be null. */
public final class NullSafeComparison implements FixTemplate {

    private static final Set<String> COMPARISONS = Set.of("equals", "equalsIgnoreCase", "contentEquals");

    @Override
    public String id() {
        return "null-safe-comparison";
    }

    @Override
    public String displayName() {
        return "Null-safe comparison";
    }

    @Override
    public String description() {
        return "Turns `x.equals(CONSTANT)` round, and writes `x.equals(y)` as `Objects.equals(x, y)`; `x.hashCode()`"
                + " becomes `Objects.hashCode(x)`.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return Set.of("java.lang.NullPointerException");
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        return NullSuspects.at(site, error).stream()
                .filter(suspect -> suspect.user() instanceof MethodCallExpr call
                        && call.getScope()
                                .filter(scope -> Nodes.same(scope, suspect.value()))
                                .isPresent())
                .flatMap(suspect ->
                        rewrite(site, (MethodCallExpr) suspect.user()).map(edit -> edit.scaled(suspect.match())))
                .toList();
    }

    private static Stream<TemplateEdit> rewrite(FaultSite site, MethodCallExpr call) {
        String receiver = site.textOf(call.getScope().orElseThrow());
        String objects = Defaults.imported("java.util.Objects.equals()", site).replace("equals()", "");
        if (call.getNameAsString().equals("hashCode") && call.getArguments().isEmpty()) {
            return Stream.of(edit(site, call, "objects-hash", objects + "hashCode(" + receiver + ")", 0.95));
        }
        if (!COMPARISONS.contains(call.getNameAsString()) || call.getArguments().size() != 1) {
            return Stream.empty();
        }
        Expression other = call.getArgument(0);
        String argument = site.textOf(other);
        if (isConstant(other)) {
            String turned = argument + "." + call.getNameAsString() + "(" + receiver + ")";
            return Stream.of(edit(site, call, "constant-first", turned, 0.97));
        }
        return call.getNameAsString().equals("equals")
                ? Stream.of(edit(
                        site, call, "objects-equals", objects + "equals(" + receiver + ", " + argument + ")", 0.96))
                : Stream.empty();
    }

    private static boolean isConstant(Expression expression) {
        return expression.isStringLiteralExpr() || expression.toString().matches("(?:[A-Z]\\w*\\.)*[A-Z][A-Z0-9_]*");
    }

    private static TemplateEdit edit(FaultSite site, MethodCallExpr call, String variant, String text, double score) {
        Change change = new Change(site.source().start(call), site.source().end(call), text);
        return new TemplateEdit(
                variant, List.of(change), score, "Compares as `" + text + "`, which null cannot break.");
    }
}
