package dev.selfheal.patch.template;

import com.github.javaparser.ast.expr.CastExpr;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Set;

/** Checks a type before casting to it. */
public final class TypeGuard implements FixTemplate {

    @Override
    public String id() {
        return "type-guard";
    }

    @Override
    public String displayName() {
        return "Type guard";
    }

    @Override
    public String description() {
        return "Asks `instanceof` before a cast that failed, so that a value of another type is skipped or answered neutrally.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return Set.of("java.lang.ClassCastException");
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        List<Guard> guards = site.expressions().stream()
                .filter(CastExpr.class::isInstance)
                .map(CastExpr.class::cast)
                .filter(cast -> cast.getType().isReferenceType())
                .map(cast -> guard(site, cast, error))
                .toList();
        return Placements.place(site, guards);
    }

    private static Guard guard(FaultSite site, CastExpr cast, ErrorInfo error) {
        String value = Expressions.operand(cast.getExpression(), site.textOf(cast.getExpression()));
        String type = site.textOf(cast.getType()).replaceAll("<.*>", "");
        String check = value + " instanceof " + type;
        boolean named = error.message()
                .matches("(?s).*cannot be cast to (?:class )?[\\w.$]*\\b" + java.util.regex.Pattern.quote(type)
                        + "\\b.*");
        return new Guard(
                cast,
                "!(" + check + ")",
                check,
                List.of(cast.getExpression()),
                named ? 1 : 0.5,
                "`" + value + "` can be of another type");
    }
}
