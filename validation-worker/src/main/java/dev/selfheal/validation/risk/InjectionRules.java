package dev.selfheal.validation.risk;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.LiteralStringValueExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import dev.selfheal.event.FindingLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text for an interpreter put together from parts that are not constants. The language is told by the constant parts, so it
 * does not matter through how many variables the text travels before it is executed.
 */
final class InjectionRules {

    static final RiskRule SQL = RiskRule.ofConstruct(
            "SH-RISK-SQL-INJECTION", FindingLevel.ERROR, 89, "builds an SQL statement from variable parts");
    static final RiskRule LDAP = RiskRule.ofConstruct(
            "SH-RISK-LDAP-INJECTION", FindingLevel.ERROR, 90, "builds an LDAP filter from variable parts");
    static final RiskRule XPATH = RiskRule.ofConstruct(
            "SH-RISK-XPATH-INJECTION", FindingLevel.ERROR, 643, "builds an XPath expression from variable parts");
    static final RiskRule COMMAND = RiskRule.ofConstruct(
            "SH-RISK-COMMAND-INJECTION", FindingLevel.ERROR, 88, "passes variable parts to a command line");
    static final RiskRule PATH = RiskRule.ofConstruct(
            "SH-RISK-PATH-INJECTION", FindingLevel.WARNING, 22, "builds a file path from variable parts");

    static final List<RiskRule> ALL = List.of(SQL, LDAP, XPATH, COMMAND, PATH);

    private static final Pattern SQL_TEXT = Pattern.compile("(?is)\\s*(select\\s.*\\bfrom\\b|insert\\s+into\\b"
            + "|update\\s.*\\bset\\b|delete\\s+from\\b|merge\\s+into\\b|drop\\s+(table|index|view)\\b|truncate\\s+table\\b"
            + "|alter\\s+(table|user)\\b|from\\s+\\w+.*\\bwhere\\b).*");
    private static final Pattern LDAP_TEXT =
            Pattern.compile("(?s)\\s*\\(\\s*([&|!]\\s*\\(|[A-Za-z][\\w.;-]*\\s*[~<>]?=).*");
    private static final Pattern XPATH_TEXT =
            Pattern.compile("(?s)\\s*(//?[A-Za-z@*].*\\[.*=.*|//[A-Za-z*].*\\[.*|/.*text\\(\\)\\s*=.*)");
    private static final Set<String> COMMANDS = Set.of("exec", "ProcessBuilder");
    private static final Set<String> PATH_TYPES = Set.of(
            "File", "FileInputStream", "FileOutputStream", "FileReader", "FileWriter", "RandomAccessFile", "ZipFile");
    private static final Set<String> FORMATS = Set.of("format", "formatted", "concat", "append");

    private InjectionRules() {}

    static void visit(Node node, List<Use> uses) {
        if (node instanceof BinaryExpr sum && isOutermostSum(sum)) {
            interpreted(parts(sum), node, uses);
        } else if (node instanceof MethodCallExpr call) {
            called(call, uses);
        } else if (node instanceof ObjectCreationExpr creation) {
            String type = creation.getType().getNameAsString();
            if (COMMANDS.contains(type)) {
                arguments(COMMAND, "new " + type, creation.getArguments(), node, uses);
            } else if (PATH_TYPES.contains(type)) {
                arguments(PATH, "new " + type, creation.getArguments(), node, uses);
            }
        }
    }

    private static void called(MethodCallExpr call, List<Use> uses) {
        String name = call.getNameAsString();
        String scope = call.getScope().map(Expression::toString).orElse("");
        if (FORMATS.contains(name)) {
            List<Expression> parts = new ArrayList<>(call.getArguments());
            call.getScope().filter(LiteralStringValueExpr.class::isInstance).ifPresent(text -> parts.add(0, text));
            interpreted(parts, call, uses);
        } else if (COMMANDS.contains(name)) {
            arguments(COMMAND, name, call.getArguments(), call, uses);
        } else if ((name.equals("of") && scope.matches("(java\\.nio\\.file\\.)?Path"))
                || (name.equals("get") && scope.matches("(java\\.nio\\.file\\.)?Paths"))) {
            arguments(PATH, scope + "." + name, call.getArguments(), call, uses);
        }
    }

    /** The first constant decides the language; all parts constant is no injection. */
    private static void interpreted(List<Expression> parts, Node node, List<Use> uses) {
        if (parts.stream().allMatch(InjectionRules::isConstant)) {
            return;
        }
        String text = parts.stream().map(InjectionRules::literal).collect(Collectors.joining());
        if (SQL_TEXT.matcher(text).matches()) {
            uses.add(new Use(SQL, "SQL beside a variable", SyntaxRules.line(node)));
        } else if (XPATH_TEXT.matcher(text).matches()) {
            uses.add(new Use(XPATH, "XPath beside a variable", SyntaxRules.line(node)));
        } else if (LDAP_TEXT.matcher(text).matches()) {
            uses.add(new Use(LDAP, "an LDAP filter beside a variable", SyntaxRules.line(node)));
        }
    }

    /** A whole variable as a path is passed on, not built here; as a command every variable counts. */
    private static void arguments(RiskRule rule, String what, List<Expression> arguments, Node node, List<Use> uses) {
        boolean built = arguments.size() > 1 || arguments.stream().anyMatch(BinaryExpr.class::isInstance);
        boolean variable =
                arguments.stream().flatMap(each -> parts(each).stream()).anyMatch(part -> !isConstant(part));
        if (variable && (built || rule.equals(COMMAND))) {
            uses.add(new Use(rule, what, SyntaxRules.line(node)));
        }
    }

    private static boolean isOutermostSum(BinaryExpr sum) {
        return sum.getOperator() == BinaryExpr.Operator.PLUS
                && sum.getParentNode()
                        .filter(parent ->
                                parent instanceof BinaryExpr outer && outer.getOperator() == BinaryExpr.Operator.PLUS)
                        .isEmpty();
    }

    /** The operands of a sum in order, without recursion: a chain of thousands must not overflow the stack. */
    private static List<Expression> parts(Expression expression) {
        List<Expression> parts = new ArrayList<>();
        Expression left = expression;
        while (left instanceof BinaryExpr sum && sum.getOperator() == BinaryExpr.Operator.PLUS) {
            parts.add(0, sum.getRight());
            left = sum.getLeft();
        }
        parts.add(0, left);
        return parts;
    }

    private static String literal(Expression part) {
        if (part instanceof StringLiteralExpr text) {
            return text.asString();
        }
        return part instanceof TextBlockLiteralExpr block ? block.asString() : " ";
    }

    /** Literals, and names written as constants are. */
    private static boolean isConstant(Expression part) {
        return part instanceof LiteralExpr
                || (part instanceof NameExpr name && name.getNameAsString().matches("[A-Z][A-Z0-9_]*"));
    }
}
