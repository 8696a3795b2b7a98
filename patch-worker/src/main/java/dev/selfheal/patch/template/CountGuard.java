package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import dev.selfheal.patch.localise.FaultSite;
import dev.selfheal.patch.localise.FaultSite.Callee;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks an indexed accessor's own count before calling it. */
public final class CountGuard implements FixTemplate {

    private static final double MATCH = 0.95;

    @Override
    public String id() {
        return "count-guard";
    }

    @Override
    public String displayName() {
        return "Count guard";
    }

    @Override
    public String description() {
        return "A call such as `node.getChild(0)` failed inside the accessor: the caller asks `node.getChildCount()` first."
                + " The name of the count is taken from the same file, where other code asks it.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return Set.of(
                "java.lang.NullPointerException",
                "java.lang.IndexOutOfBoundsException",
                "java.lang.ArrayIndexOutOfBoundsException",
                "java.util.NoSuchElementException");
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        Optional<Callee> callee = site.callee().filter(Callee::inApp);
        List<Guard> guards = site.expressions().stream()
                .filter(MethodCallExpr.class::isInstance)
                .map(MethodCallExpr.class::cast)
                .filter(call ->
                        call.getArguments().size() == 1 && call.getScope().isPresent())
                .filter(call -> callee.filter(called -> called.method().equals(call.getNameAsString()))
                        .isPresent())
                .flatMap(call -> count(site, call).map(count -> guard(site, call, count)).stream())
                .toList();
        return Placements.place(site, guards);
    }

    /** The count method that the file uses most for what the accessor is named after. */
    private static Optional<String> count(FaultSite site, MethodCallExpr accessor) {
        String element =
                accessor.getNameAsString().replaceFirst("^.*?[gG]et", "").toLowerCase(Locale.ROOT);
        Map<String, Long> uses = site.source().unit().findAll(MethodCallExpr.class).stream()
                .filter(call -> call.getArguments().isEmpty())
                .map(MethodCallExpr::getNameAsString)
                .filter(name -> name.matches("(?i).*(?:num|count|size|length).*"))
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(element))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return uses.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }

    private static Guard guard(FaultSite site, MethodCallExpr call, String count) {
        Expression owner = call.getScope().orElseThrow();
        Expression index = call.getArgument(0);
        String size = Expressions.operand(owner, site.textOf(owner)) + "." + count + "()";
        String bound = Expressions.operand(index, site.textOf(index));
        String violated = bound.equals("0") ? size + " == 0" : size + " <= " + bound;
        return new Guard(
                call, violated, size + " > " + bound, List.of(owner, index), MATCH, "there may be no such element");
    }
}
