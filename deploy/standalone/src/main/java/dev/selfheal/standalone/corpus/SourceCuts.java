package dev.selfheal.standalone.corpus;

import com.github.javaparser.Position;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Edits to a text by the places of syntax nodes in it, applied together. Not thread-safe. */
final class SourceCuts {

    private record Cut(int from, int to, String replacement) {}

    private final String source;
    private final List<Integer> lineStarts = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();

    /**
     * @param source with {@code \n} line ends
     */
    SourceCuts(String source) {
        this.source = source;
        lineStarts.add(0);
        for (int i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) {
            lineStarts.add(i + 1);
        }
    }

    /** Takes the node out with its comment, and the line when nothing else is on it, and one blank line before it. */
    void remove(Node node) {
        int from = node.getComment()
                .map(this::start)
                .map(c -> Math.min(c, start(node)))
                .orElseGet(() -> start(node));
        int to = end(node);
        int lineStart = source.lastIndexOf('\n', from - 1) + 1;
        int lineEnd = lineEnd(to);
        boolean whole = source.substring(lineStart, from).isBlank() && isBlankOrComment(source.substring(to, lineEnd));
        if (!whole) {
            cuts.add(new Cut(from, to, ""));
            return;
        }
        int before = source.lastIndexOf('\n', lineStart - 2) + 1;
        boolean blankBefore =
                lineStart > 0 && source.substring(before, lineStart).isBlank();
        cuts.add(new Cut(blankBefore ? before : lineStart, lineEnd, ""));
    }

    /** Takes out {@code extends X}. */
    void removeExtends(ClassOrInterfaceType superclass) {
        int keyword = source.lastIndexOf("extends", start(superclass));
        cuts.add(new Cut(keyword, end(superclass), ""));
    }

    void replace(Node node, String replacement) {
        cuts.add(new Cut(start(node), end(node), replacement));
    }

    /** The edited text. Edits inside a removed part are moot. */
    String apply() {
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (Cut cut : cuts.stream()
                .sorted(Comparator.comparingInt(Cut::from)
                        .thenComparing(Comparator.comparingInt(Cut::to).reversed()))
                .toList()) {
            if (cut.from() >= at) {
                result.append(source, at, cut.from()).append(cut.replacement());
                at = cut.to();
            }
        }
        return result.append(source.substring(at)).toString();
    }

    private int start(Node node) {
        return offset(node.getRange().orElseThrow().begin);
    }

    private int end(Node node) {
        return offset(node.getRange().orElseThrow().end) + 1;
    }

    private int offset(Position position) {
        return lineStarts.get(position.line - 1) + position.column - 1;
    }

    /** Offset after the line end that follows. */
    private int lineEnd(int offset) {
        int end = source.indexOf('\n', offset);
        return end < 0 ? source.length() : end + 1;
    }

    private static boolean isBlankOrComment(String rest) {
        return rest.isBlank() || rest.strip().startsWith("//");
    }
}
