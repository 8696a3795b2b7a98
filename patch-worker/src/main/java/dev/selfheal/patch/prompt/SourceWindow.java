package dev.selfheal.patch.prompt;

import java.util.List;

/**
 * Consecutive lines of a file around a line of interest.
 *
 * @param path relative to the repository root
 * @param firstLine number of the first line, from 1
 * @param lines without line ends
 * @param focus number of the line of interest
 */
public record SourceWindow(String path, int firstLine, List<String> lines, int focus) {

    /** Lines to either side of the line of interest: most methods fit. */
    static final int RADIUS = 60;

    /** Characters of one window; past it the window stops growing. */
    static final int MAX_CHARACTERS = 12_000;

    public SourceWindow {
        lines = List.copyOf(lines);
    }

    /**
     * Grows from the line of interest to both sides, so that whatever is cut lies far from it.
     *
     * @param file all lines of the file, at least one
     * @param line from 1; a line outside of the file counts as the nearest one inside
     */
    public static SourceWindow around(String path, List<String> file, int line) {
        int focus = Math.max(1, Math.min(line, file.size()));
        int first = focus;
        int last = focus;
        int characters = file.get(focus - 1).length();
        for (int distance = 1; distance <= RADIUS; distance++) {
            int above = focus - distance;
            int below = focus + distance;
            characters += above >= 1 ? file.get(above - 1).length() + 1 : 0;
            characters += below <= file.size() ? file.get(below - 1).length() + 1 : 0;
            if (characters > MAX_CHARACTERS) {
                break;
            }
            first = Math.max(1, above);
            last = Math.min(file.size(), below);
        }
        return new SourceWindow(path, first, file.subList(first - 1, last), focus);
    }

    /** Number of the last line. */
    public int lastLine() {
        return firstLine + lines.size() - 1;
    }

    /** True when the line of the file is shown. */
    public boolean shows(String file, int line) {
        return path.equals(file) && line >= firstLine && line <= lastLine();
    }

    String text() {
        return String.join("\n", lines);
    }
}
