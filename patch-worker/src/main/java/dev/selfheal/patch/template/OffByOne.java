package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Moves the bound of the loop or condition around an access by one. */
public final class OffByOne implements FixTemplate {

    private static final Map<BinaryExpr.Operator, String> STRICTER = Map.of(
            BinaryExpr.Operator.LESS_EQUALS, "<",
            BinaryExpr.Operator.GREATER_EQUALS, ">");

    @Override
    public String id() {
        return "off-by-one";
    }

    @Override
    public String displayName() {
        return "Off by one";
    }

    @Override
    public String description() {
        return "Makes the comparison that bounds the index stricter by one: `<=` becomes `<`, `>=` becomes `>`, and"
                + " `i < n` becomes `i < n - 1` where the access looks one further.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return new BoundsGuard().exceptionTypes();
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        return BoundsGuard.accesses(site).stream()
                .flatMap(access -> bounds(access).flatMap(bound -> stricter(site, access, bound)))
                .toList();
    }

    /** Comparisons that mention the index, in conditions around the access. */
    private static Stream<BinaryExpr> bounds(IndexedAccess access) {
        Set<String> names = Set.copyOf(Scopes.names(access.indexes())
                .map(name -> name.getNameAsString())
                .toList());
        Optional<Statement> loop = Anchors.loop(access.access());
        Stream<Expression> conditions = Stream.concat(
                loop.flatMap(Expressions::condition).stream(),
                Anchors.enclosingIfs(access.access()).stream().map(branch -> branch.getCondition()));
        return conditions
                .flatMap(condition -> condition.findAll(BinaryExpr.class).stream())
                .filter(bound -> Scopes.names(List.of(bound)).anyMatch(name -> names.contains(name.getNameAsString())));
    }

    private static Stream<TemplateEdit> stricter(FaultSite site, IndexedAccess access, BinaryExpr bound) {
        String left = site.textOf(bound.getLeft());
        String right = site.textOf(bound.getRight());
        String operator = STRICTER.get(bound.getOperator());
        if (operator != null) {
            double score = right.contains(access.size()) || left.contains(access.size()) ? 0.95 : 0.6;
            return Stream.of(edit(site, bound, left + " " + operator + " " + right, score));
        }
        boolean looksAhead = access.indexes().get(0) instanceof BinaryExpr index
                && index.getOperator() == BinaryExpr.Operator.PLUS
                && index.getRight().toString().equals("1");
        return looksAhead && bound.getOperator() == BinaryExpr.Operator.LESS
                ? Stream.of(edit(site, bound, left + " < " + right + " - 1", 0.85))
                : Stream.empty();
    }

    private static TemplateEdit edit(FaultSite site, BinaryExpr bound, String text, double score) {
        Change change = new Change(site.source().start(bound), site.source().end(bound), text);
        return new TemplateEdit(
                "stricter-bound", List.of(change), score, "Bounds the index by `" + text + "`, one less than before.");
    }
}
