package dev.selfheal.validation.risk;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LiteralStringValueExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import dev.selfheal.event.FindingLevel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets written into code, and secrets written out of it. */
final class SecretRules {

    static final RiskRule SECRET =
            RiskRule.ofConstruct("SH-RISK-SECRET", FindingLevel.ERROR, 798, "holds what looks like a secret");
    static final RiskRule LOGGED = RiskRule.ofConstruct(
            "SH-RISK-SECRET-LOGGED", FindingLevel.ERROR, 532, "writes a secret to a log or the console");

    static final List<RiskRule> ALL = List.of(SECRET, LOGGED);

    /** Formats that are secrets wherever they stand; guesses by entropy would flag ordinary test data. */
    private static final Pattern SECRET_TEXT = Pattern.compile("AKIA[0-9A-Z]{16}"
            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----"
            + "|gh[pousr]_[A-Za-z0-9]{36}"
            + "|xox[baprs]-[A-Za-z0-9-]{10,}"
            + "|sk-[A-Za-z0-9_-]{20,}"
            + "|AIza[0-9A-Za-z_-]{35}"
            + "|eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\."
            + "|(?i:(password|passwd|secret|api_?key|token)\\s*[=:]\\s*\\S{6,})"
            + "|://[^/\\s:@]+:[^/\\s:@]+@");

    /** {@code token} alone is a word of parsers; what merely describes a secret is none. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i)(?!.*(length|count|size|field|param|name|header|policy|property|prompt|label|hint|valid|present))"
                    + ".*(password|passwd|passphrase|secret|credential|(api|private|signing|encryption)_?key"
                    + "|(auth|access|refresh|bearer|session|api)_?token).*");

    private static final Set<String> LOG_CALLS = Set.of(
            "trace", "debug", "info", "warn", "warning", "error", "severe", "fine", "finer", "finest", "log", "print",
            "println", "printf", "format");
    private static final Pattern LOGGER = Pattern.compile("(?i)(.*\\.)?_?(log|logger)|System\\.(out|err)");
    private static final int SHORTEST_SECRET = 4;

    private SecretRules() {}

    static void visit(Node node, List<Use> uses) {
        int line = SyntaxRules.line(node);
        if (node instanceof LiteralStringValueExpr literal
                && SECRET_TEXT.matcher(literal.getValue()).find()) {
            uses.add(new Use(SECRET, "string literal", line));
        } else if (node instanceof VariableDeclarator variable) {
            assigned(variable.getNameAsString(), variable.getInitializer(), line, uses);
        } else if (node instanceof AssignExpr assignment) {
            Expression target = assignment.getTarget();
            String name = target instanceof FieldAccessExpr field ? field.getNameAsString() : target.toString();
            assigned(name, Optional.of(assignment.getValue()), line, uses);
        } else if (node instanceof MethodCallExpr call && logs(call)) {
            call.getArguments().forEach(argument -> logged(argument, line, uses));
        }
    }

    private static void assigned(String name, Optional<Expression> value, int line, List<Use> uses) {
        boolean plain = value.filter(each -> each instanceof StringLiteralExpr text
                        && text.asString().matches("\\S{" + SHORTEST_SECRET + ",}")
                        && !SECRET_NAME.matcher(text.asString()).matches())
                .isPresent();
        if (plain && SECRET_NAME.matcher(name).matches()) {
            uses.add(new Use(SECRET, "value of " + name, line));
        }
    }

    private static boolean logs(MethodCallExpr call) {
        return LOG_CALLS.contains(call.getNameAsString())
                && call.getScope()
                        .filter(scope -> LOGGER.matcher(scope.toString()).matches())
                        .isPresent();
    }

    private static void logged(Expression argument, int line, List<Use> uses) {
        argument.findAll(SimpleName.class).stream()
                .map(SimpleName::getIdentifier)
                .filter(SECRET_NAME.asMatchPredicate())
                .forEach(name -> uses.add(new Use(LOGGED, name, line)));
    }
}
