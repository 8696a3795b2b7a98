package dev.selfheal.patch.template;

import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Checks a text before it is parsed as a number. */
public final class ParseGuard implements FixTemplate {

    private static final Set<String> PARSERS = Set.of(
            "parseInt", "parseLong", "parseShort", "parseByte", "parseDouble", "parseFloat", "valueOf", "decode");
    private static final Set<String> WHOLE = Set.of("parseInt", "parseLong", "parseShort", "parseByte");

    @Override
    public String id() {
        return "parse-guard";
    }

    @Override
    public String displayName() {
        return "Parse guard";
    }

    @Override
    public String description() {
        return "Checks that a text is not null, not empty, or made of digits, as the message shows, before it is parsed as"
                + " a number.";
    }

    @Override
    public Set<String> exceptionTypes() {
        return Set.of("java.lang.NumberFormatException");
    }

    @Override
    public List<TemplateEdit> propose(FaultSite site, ErrorInfo error) {
        List<Guard> guards = site.expressions().stream()
                .flatMap(expression -> guards(site, expression, error))
                .toList();
        return Placements.place(site, guards);
    }

    private static Stream<Guard> guards(FaultSite site, Expression parse, ErrorInfo error) {
        NodeList<Expression> arguments = new NodeList<>();
        String name = "";
        if (parse instanceof MethodCallExpr call && PARSERS.contains(call.getNameAsString())) {
            arguments = call.getArguments();
            name = call.getNameAsString();
        } else if (parse instanceof ObjectCreationExpr creation
                && creation.getType().getNameAsString().matches("Big(?:Decimal|Integer)")) {
            arguments = creation.getArguments();
        }
        if (arguments.isEmpty() || arguments.get(0).isLiteralExpr()) {
            return Stream.empty();
        }
        Expression text = arguments.get(0);
        return guard(parse, text, Expressions.operand(text, site.textOf(text)), name, error.message());
    }

    private static Stream<Guard> guard(
            Expression parse, Expression text, String operand, String parser, String message) {
        String reason = "`" + operand + "` is not always a number";
        if (message.contains("null")) {
            return Stream.of(new Guard(parse, operand + " == null", operand + " != null", List.of(text), 1, reason));
        }
        if (message.contains("\"\"") || message.contains("Zero length") || message.contains("empty String")) {
            String empty = operand + ".isEmpty()";
            return Stream.of(new Guard(parse, empty, "!" + empty, List.of(text), 1, reason));
        }
        if (WHOLE.contains(parser)) {
            String digits = operand + ".matches(\"[+-]?\\\\d{1,9}\")";
            return Stream.of(new Guard(parse, "!" + digits, digits, List.of(text), 0.7, reason));
        }
        return Stream.empty();
    }
}
