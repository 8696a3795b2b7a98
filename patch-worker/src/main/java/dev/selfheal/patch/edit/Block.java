package dev.selfheal.patch.edit;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;

/**
 * One stretch of a file as a model wants it changed: lines that stay, go and come, in order. Where it belongs is still to
 * be found: line numbers of models are not to be trusted.
 */
record Block(List<Line> lines) {

    enum Kind {
        STAYS,
        GOES,
        COMES
    }

    record Line(Kind kind, String text) {}

    Block {
        lines = List.copyOf(lines);
    }

    /** A search/replace pair; lines that both have in common stay. */
    static Block of(List<String> search, List<String> replacement) {
        List<Line> lines = new ArrayList<>();
        for (AbstractDelta<String> delta :
                DiffUtils.diff(search, replacement, true).getDeltas()) {
            if (delta.getType() == DeltaType.EQUAL) {
                delta.getSource().getLines().forEach(line -> lines.add(new Line(Kind.STAYS, line)));
            } else {
                delta.getSource().getLines().forEach(line -> lines.add(new Line(Kind.GOES, line)));
                delta.getTarget().getLines().forEach(line -> lines.add(new Line(Kind.COMES, line)));
            }
        }
        return new Block(lines);
    }

    /** Lines that must be in the file now, in order. */
    List<Line> before() {
        return lines.stream().filter(line -> line.kind() != Kind.COMES).toList();
    }

    /** Lines the model wants there, as it wrote them. */
    List<String> after() {
        return lines.stream()
                .filter(line -> line.kind() != Kind.GOES)
                .map(Line::text)
                .toList();
    }

    boolean changesSomething() {
        return lines.stream().anyMatch(line -> line.kind() != Kind.STAYS);
    }
}
