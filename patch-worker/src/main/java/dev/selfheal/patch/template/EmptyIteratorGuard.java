package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Asks whether there is an element before taking one. */
public final class EmptyIteratorGuard implements FixTemplate {

    /** Call that takes an element, to the question that has to be asked first; true when a yes makes it safe. */
    private static final Map<String, String> QUESTIONS = Map.ofEntries(
            Map.entry("next", "hasNext()"),
            Map.entry("nextElement", "hasMoreElements()"),
            Map.entry("nextToken", "hasMoreTokens()"),
            Map.entry("previous", "hasPrevious()"),
            Map.entry("first", "!isEmpty()"),
            Map.entry("last", "!isEmpty()"),
            Map.entry("firstKey", "!isEmpty()"),
            Map.entry("lastKey", "!isEmpty()"),
            Map.entry("getFirst", "!isEmpty()"),
            Map.entry("getLast", "!isEmpty()"),
            Map.entry("removeFirst", "!isEmpty()"),
            Map.entry("removeLast", "!isEmpty()"),
            Map.entry("element", "!isEmpty()"),
            Map.entry("remove", "!isEmpty()"),
            Map.entry("pop", "!isEmpty()"),
            Map.entry("peek", "!isEmpty()"),
            Map.entry("get", "isPresent()"),
            Map.entry("orElseThrow", "isPresent()"));

    @Override
    public String id() {
        return "empty-iterator-guard";
    }

    @Override
    public String displayName() {
        return "Empty-iterator guard";
    }

    @Override
    public String description() {
        return "Asks `hasNext()`, `isEmpty()` or `isPresent()` before `next()`, `getFirst()`, `get()` and the like;"
                + " `c.iterator().next()` asks the collection.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return Set.of("java.util.NoSuchElementException", "java.util.EmptyStackException");
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        List<Guard> guards = site.expressions().stream()
                .filter(MethodCallExpr.class::isInstance)
                .map(MethodCallExpr.class::cast)
                .filter(call -> call.getArguments().isEmpty() && QUESTIONS.containsKey(call.getNameAsString()))
                .filter(call -> site.callee()
                        .filter(callee -> callee.method().equals(call.getNameAsString()))
                        .isPresent())
                .flatMap(call -> guard(site, call))
                .toList();
        return Placements.place(site, guards);
    }

    private static Stream<Guard> guard(FaultSite site, MethodCallExpr call) {
        if (call.getScope().isEmpty()) {
            return Stream.empty();
        }
        Expression container = call.getScope().get();
        String question = QUESTIONS.get(call.getNameAsString());
        if (container instanceof MethodCallExpr inner
                && inner.getNameAsString().equals("iterator")
                && inner.getScope().isPresent()) {
            container = inner.getScope().get();
            question = "!isEmpty()";
        }
        String text = Expressions.operand(container, site.textOf(container));
        boolean negated = question.startsWith("!");
        String asked = text + "." + (negated ? question.substring(1) : question);
        return Stream.of(new Guard(
                call,
                negated ? asked : "!" + asked,
                negated ? "!" + asked : asked,
                List.of(container),
                1,
                "`" + text + "` can have no element"));
    }
}
