package dev.selfheal.validation.quality;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.EnumDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a reviewer would remark on lines a patch brings in, where the project has no rules of its own. */
final class StyleRules {

    static final String NAME = "SH-LINT-NAME";
    static final String INDENT = "SH-LINT-INDENT";
    static final String TRAILING = "SH-LINT-TRAILING-SPACE";
    static final String LENGTH = "SH-LINT-LINE-LENGTH";
    static final String EMPTY_CATCH = "SH-LINT-EMPTY-CATCH";
    static final String BRACES = "SH-LINT-BRACES";

    private static final int LINE_LENGTH = 120;
    private static final Pattern CAMEL = Pattern.compile("[a-z_$][a-zA-Z0-9]*");
    private static final Pattern UPPER_CAMEL = Pattern.compile("[A-Z][a-zA-Z0-9]*");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*|[a-z][a-zA-Z0-9]*");

    private final CompilationUnit unit;
    private final List<String> lines;
    private final Set<Integer> fresh;
    private final List<Remark> remarks = new ArrayList<>();

    private StyleRules(CompilationUnit unit, List<String> lines, Set<Integer> fresh) {
        this.unit = unit;
        this.lines = lines;
        this.fresh = fresh;
    }

    /**
     * @param fresh lines the patch brings in, from 1
     */
    static List<Remark> of(CompilationUnit unit, List<String> lines, Set<Integer> fresh) {
        StyleRules rules = new StyleRules(unit, lines, fresh);
        rules.layout();
        unit.walk(rules::visit);
        return List.copyOf(rules.remarks);
    }

    /** Lines are held against the file's own habits: a long line among long lines is none. */
    private void layout() {
        List<String> old = new ArrayList<>();
        for (int line = 1; line <= lines.size(); line++) {
            if (!fresh.contains(line)) {
                old.add(text(line));
            }
        }
        boolean tabs = old.stream().anyMatch(line -> line.startsWith("\t"));
        boolean spaces = old.stream().anyMatch(line -> line.startsWith("  "));
        int longest = old.stream().mapToInt(String::length).max().orElse(0);
        for (int line : fresh) {
            String text = text(line);
            if ((text.startsWith("\t") && spaces && !tabs) || (text.startsWith("  ") && tabs && !spaces)) {
                remark(INDENT, line, "is indented otherwise than the file");
            }
            if (!text.isBlank() && Character.isWhitespace(text.charAt(text.length() - 1))) {
                remark(TRAILING, line, "ends in white space");
            }
            if (text.length() > Math.max(LINE_LENGTH, longest)) {
                remark(LENGTH, line, "has " + text.length() + " characters");
            }
        }
    }

    private String text(int line) {
        return line > lines.size() ? "" : lines.get(line - 1).replaceAll("\\R$", "");
    }

    private void visit(Node node) {
        int line = node.getBegin().map(position -> position.line).orElse(0);
        if (!fresh.contains(line)) {
            return;
        }
        if (node instanceof VariableDeclarator variable) {
            variable(variable, line);
        } else if (node instanceof Parameter parameter) {
            name(parameter.getNameAsString(), CAMEL, line);
        } else if (node instanceof MethodDeclaration method) {
            name(method.getNameAsString(), CAMEL, line);
        } else if (node instanceof TypeDeclaration<?> || node instanceof EnumDeclaration) {
            name(((TypeDeclaration<?>) node).getNameAsString(), UPPER_CAMEL, line);
        } else if (node instanceof CatchClause handler) {
            swallowed(handler, line);
        } else if (node instanceof IfStmt guard && hasBlocks()) {
            braces(guard.getThenStmt(), line);
        }
    }

    private void variable(VariableDeclarator variable, int line) {
        boolean constant = variable.getParentNode()
                .filter(parent -> parent instanceof FieldDeclaration field && field.isStatic() && field.isFinal())
                .isPresent();
        name(variable.getNameAsString(), constant ? CONSTANT : CAMEL, line);
    }

    private void name(String name, Pattern convention, int line) {
        if (!convention.matcher(name).matches()) {
            remark(NAME, line, "names something " + name);
        }
    }

    private void swallowed(CatchClause handler, int line) {
        if (handler.getBody().isEmpty()
                && handler.getBody().getAllContainedComments().isEmpty()) {
            remark(EMPTY_CATCH, line, "swallows " + handler.getParameter().getTypeAsString());
        }
    }

    /** Only where the file's other conditions have braces. */
    private boolean hasBlocks() {
        List<IfStmt> others = unit.findAll(IfStmt.class).stream()
                .filter(each ->
                        each.getBegin().filter(at -> fresh.contains(at.line)).isEmpty())
                .toList();
        return others.stream().allMatch(each -> each.getThenStmt().isBlockStmt());
    }

    private void braces(Statement then, int line) {
        if (!then.isBlockStmt()) {
            remark(BRACES, line, "has a condition without braces");
        }
    }

    private void remark(String rule, int line, String what) {
        remarks.add(new Remark(rule, line, what));
    }
}
