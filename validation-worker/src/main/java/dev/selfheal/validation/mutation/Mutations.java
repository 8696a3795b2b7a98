package dev.selfheal.validation.mutation;

import com.github.javaparser.Position;
import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.stmt.BreakStmt;
import com.github.javaparser.ast.stmt.ContinueStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.ThrowStmt;
import com.github.javaparser.ast.type.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes mutants of a file: one small change each, only where its lines were changed. The operators are those of mutation
 * testing (Offutt's sufficient set, and PIT's): conditions, boundaries, statements, constants, return values. Pure.
 */
public final class Mutations {

    private static final Map<BinaryExpr.Operator, String> OTHER = Map.ofEntries(
            Map.entry(BinaryExpr.Operator.LESS, "<="),
            Map.entry(BinaryExpr.Operator.LESS_EQUALS, "<"),
            Map.entry(BinaryExpr.Operator.GREATER, ">="),
            Map.entry(BinaryExpr.Operator.GREATER_EQUALS, ">"),
            Map.entry(BinaryExpr.Operator.AND, "||"),
            Map.entry(BinaryExpr.Operator.OR, "&&"),
            Map.entry(BinaryExpr.Operator.PLUS, "-"),
            Map.entry(BinaryExpr.Operator.MINUS, "+"),
            Map.entry(BinaryExpr.Operator.MULTIPLY, "/"),
            Map.entry(BinaryExpr.Operator.DIVIDE, "*"));

    /** In the order in which they are chosen, one of each in turn: what tells most comes first. */
    private enum Operator {
        NEGATE("negates the condition"),
        UNGUARD("drops the guard and keeps what it guards"),
        RETURN("returns a default"),
        BOUNDARY("changes the operator"),
        REMOVE("removes the statement"),
        CONSTANT("changes the constant");

        private final String words;

        Operator(String words) {
            this.words = words;
        }
    }

    private record Edit(Operator operator, Range range, String replacement) {}

    /**
     * @param line of the mutation in the patched file, from 1
     * @param what it does, to finish the sentence "a mutant that …"
     * @param text the whole file
     */
    public record Mutant(int line, String what, String text) {}

    private final String text;
    private final List<Integer> lineStarts;
    private final Set<Integer> lines;
    private final EnumMap<Operator, List<Edit>> edits = new EnumMap<>(Operator.class);

    private Mutations(String text, Set<Integer> lines) {
        this.text = text;
        this.lines = lines;
        this.lineStarts = lineStarts(text);
        for (Operator operator : Operator.values()) {
            edits.put(operator, new ArrayList<>());
        }
    }

    /**
     * At most that many mutants, of as many kinds as there are.
     *
     * @param unit the text, parsed
     * @param lines that were changed, from 1
     */
    public static List<Mutant> of(String text, CompilationUnit unit, Set<Integer> lines, int most) {
        Mutations mutations = new Mutations(text, lines);
        unit.walk(Node.TreeTraversal.PREORDER, mutations::visit);
        return mutations.choose(most);
    }

    private void visit(Node node) {
        if (node.getRange().filter(range -> lines.contains(range.begin.line)).isEmpty()) {
            return;
        }
        if (node instanceof IfStmt guard) {
            visit(guard);
        } else if (node instanceof ConditionalExpr choice) {
            add(Operator.NEGATE, choice.getCondition(), "!(" + source(choice.getCondition()) + ")");
        } else if (node instanceof BinaryExpr binary) {
            visit(binary);
        } else if (node instanceof ReturnStmt returned) {
            visit(returned);
        } else if (node instanceof ExpressionStmt || node instanceof ContinueStmt || node instanceof BreakStmt) {
            add(Operator.REMOVE, node, ";");
        } else if (node instanceof ThrowStmt) {
            add(Operator.REMOVE, node, ";");
        } else {
            constant(node);
        }
    }

    private void visit(IfStmt guard) {
        add(Operator.NEGATE, guard.getCondition(), "!(" + source(guard.getCondition()) + ")");
        add(
                Operator.UNGUARD,
                guard,
                guard.getElseStmt().map(this::source).orElse("{ if (true) " + source(guard.getThenStmt()) + " }"));
    }

    private void visit(BinaryExpr binary) {
        String other = OTHER.get(binary.getOperator());
        if (other != null && !(binary.getOperator() == BinaryExpr.Operator.PLUS && mentionsText(binary))) {
            String mutated = source(binary.getLeft()) + " " + other + " " + source(binary.getRight());
            add(Operator.BOUNDARY, binary, "(" + mutated + ")");
        }
    }

    private static boolean mentionsText(BinaryExpr sum) {
        return !sum.findAll(StringLiteralExpr.class).isEmpty();
    }

    @SuppressWarnings("unchecked") // the parser's own varargs of Class<T>
    private void visit(ReturnStmt returned) {
        returned.getExpression()
                .ifPresent(expression -> returned.findAncestor(MethodDeclaration.class)
                        .map(MethodDeclaration::getType)
                        .map(type -> defaultOf(type))
                        .filter(value -> !value.equals(source(expression)))
                        .ifPresent(value -> add(Operator.RETURN, expression, value)));
    }

    private static String defaultOf(Type type) {
        if (!type.isPrimitiveType()) {
            return "null";
        }
        return type.asString().equals("boolean") ? "false" : "(" + type.asString() + ") 0";
    }

    private void constant(Node node) {
        if (node instanceof BooleanLiteralExpr literal) {
            add(Operator.CONSTANT, node, String.valueOf(!literal.getValue()));
        } else if (node instanceof IntegerLiteralExpr) {
            add(Operator.CONSTANT, node, "(" + source(node) + " + 1)");
        } else if (node instanceof StringLiteralExpr literal) {
            add(Operator.CONSTANT, node, literal.getValue().isEmpty() ? "\"mutant\"" : "\"\"");
        }
    }

    private void add(Operator operator, Node node, String replacement) {
        node.getRange().ifPresent(range -> edits.get(operator).add(new Edit(operator, range, replacement)));
    }

    /** One of each operator in turn. */
    private List<Mutant> choose(int most) {
        Map<String, Mutant> chosen = new LinkedHashMap<>();
        int rounds = edits.values().stream().mapToInt(List::size).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (List<Edit> ofOperator : edits.values()) {
                if (round < ofOperator.size() && chosen.size() < most) {
                    Mutant mutant = apply(ofOperator.get(round));
                    chosen.putIfAbsent(mutant.text(), mutant);
                }
            }
        }
        chosen.remove(text);
        return List.copyOf(chosen.values());
    }

    private Mutant apply(Edit edit) {
        int begin = offset(edit.range().begin);
        int end = offset(edit.range().end) + 1;
        String mutated = text.substring(0, begin) + edit.replacement() + text.substring(end);
        return new Mutant(edit.range().begin.line, edit.operator().words, mutated);
    }

    private String source(Node node) {
        Range range = node.getRange().orElseThrow();
        return text.substring(offset(range.begin), offset(range.end) + 1);
    }

    private int offset(Position position) {
        return lineStarts.get(position.line - 1) + position.column - 1;
    }

    private static List<Integer> lineStarts(String text) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
                starts.add(i + 1);
            }
        }
        return starts;
    }
}
