package dev.selfheal.patch.template;

import java.util.List;

/**
 * A fault, and what a template makes of it.
 *
 * @param template id of the template it is a fixture of
 * @param name what it shows, in words
 * @param exception type and message of the error, as in a trace
 * @param library frames above the failing one, innermost first, as `class.method`
 * @param before a class `shop.Sample`; the failing line ends in {@value #MARK}, which is taken off
 * @param after what one of the candidates has to make of it; {@code null} when the template must not change it
 */
record Fixture(String template, String name, String exception, List<String> library, String before, String after) {

    static final String MARK = "// fails";

    @Override
    public String toString() {
        return template + ": " + name;
    }

    /** The class as it is before, without the mark. */
    String source() {
        return before.replaceAll(" *" + MARK, "");
    }

    /** Number of the failing line, from 1. */
    int line() {
        List<String> lines = before.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(MARK)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException(name + " marks no failing line");
    }

    boolean changes() {
        return after != null;
    }
}
