package dev.selfheal.patch.localise;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import dev.selfheal.patch.edit.SourceText;

/** A source file and its syntax tree; the tree's positions are the text's. */
public record ParsedSource(SourceText text, CompilationUnit unit) {

    /** The characters of a node as they stand in the file. */
    public String textOf(Node node) {
        return text.text().substring(start(node), end(node));
    }

    /** Offset of the node's first character. */
    public int start(Node node) {
        var begin = node.getBegin().orElseThrow();
        return text.offset(begin.line, begin.column);
    }

    /** Offset behind the node's last character. */
    public int end(Node node) {
        var end = node.getEnd().orElseThrow();
        return text.offset(end.line, end.column) + 1;
    }
}
