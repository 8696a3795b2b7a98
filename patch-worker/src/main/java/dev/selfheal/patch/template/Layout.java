package dev.selfheal.patch.template;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import dev.selfheal.patch.edit.SourceText;
import dev.selfheal.patch.localise.FaultSite;
import java.util.List;
import java.util.Optional;

/** Writes code in the file's own indentation and brace style. */
final class Layout {

    private static final String DEFAULT_UNIT = "    ";

    private final FaultSite site;
    private final String unit;
    private final boolean bracesOnOwnLine;

    Layout(FaultSite site) {
        this.site = site;
        Optional<BlockStmt> body = site.member().findFirst(BlockStmt.class);
        this.unit = body.flatMap(block -> unit(site.member(), block)).orElse(DEFAULT_UNIT);
        this.bracesOnOwnLine = body.filter(this::startsItsLine).isPresent();
    }

    /** {@code if (condition) { consequence }} in front of a statement that stands in a block. */
    Change checkBefore(Statement statement, String condition, String consequence) {
        Node first = statement.getComment().<Node>map(comment -> comment).orElse(statement);
        if (!startsItsLine(first)) {
            String check = "if (" + condition + ") { " + consequence + " } ";
            return Change.insert(site.source().start(statement), check);
        }
        int line = first.getBegin().orElseThrow().line;
        String indent = indent(line);
        String check = opening(indent, condition) + indent + unit + consequence + "\n" + indent + "}\n";
        return Change.insert(text().offset(line, 1), check);
    }

    /** {@code if (condition) { statement }}; empty when the statement shares its line or holds a text block. */
    Optional<Change> wrap(Statement statement, String condition) {
        boolean textBlock = statement.findFirst(TextBlockLiteralExpr.class).isPresent();
        if (textBlock || !startsItsLine(statement)) {
            return Optional.empty();
        }
        String indent = indent(statement.getBegin().orElseThrow().line);
        String[] lines = (indent + site.textOf(statement)).split("\n", -1);
        StringBuilder wrapped = new StringBuilder(opening(indent, condition));
        for (String line : lines) {
            wrapped.append(line.isBlank() ? line : unit + line).append('\n');
        }
        wrapped.append(indent).append('}');
        int begin = text().offset(statement.getBegin().orElseThrow().line, 1);
        return Optional.of(new Change(begin, site.source().end(statement), wrapped.toString()));
    }

    private String opening(String indent, String condition) {
        return indent + "if (" + condition + ")" + (bracesOnOwnLine ? "\n" + indent + "{\n" : " {\n");
    }

    private boolean startsItsLine(Node node) {
        var begin = node.getBegin().orElseThrow();
        return text().line(begin.line).substring(0, begin.column - 1).isBlank();
    }

    private Optional<String> unit(BodyDeclaration<?> member, BlockStmt body) {
        List<Statement> statements = body.getStatements();
        if (statements.isEmpty()) {
            return Optional.empty();
        }
        String outer = indent(member.getBegin().orElseThrow().line);
        String inner = indent(statements.get(0).getBegin().orElseThrow().line);
        boolean deeper = inner.startsWith(outer) && inner.length() > outer.length();
        return deeper ? Optional.of(inner.substring(outer.length())) : Optional.empty();
    }

    private String indent(int line) {
        String content = text().line(line);
        return content.substring(0, content.length() - content.stripLeading().length());
    }

    private SourceText text() {
        return site.source().text();
    }
}
