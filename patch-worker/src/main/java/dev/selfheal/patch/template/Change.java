package dev.selfheal.patch.template;

import dev.selfheal.patch.edit.SourceText;
import java.util.Comparator;
import java.util.List;

/**
 * One replaced stretch of a text.
 *
 * @param begin offset of the first replaced character in {@link SourceText#text()}
 * @param end offset behind the last one; equal to {@code begin} for an insertion
 */
public record Change(int begin, int end, String replacement) {

    public Change {
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("not a range: " + begin + ".." + end);
        }
    }

    static Change insert(int at, String text) {
        return new Change(at, at, text);
    }

    /** The text after all changes, which must not overlap. */
    static String apply(String text, List<Change> changes) {
        StringBuilder result = new StringBuilder(text);
        changes.stream()
                .sorted(Comparator.comparingInt(Change::begin).reversed())
                .forEach(change -> result.replace(change.begin, change.end, change.replacement));
        return result.toString();
    }
}
