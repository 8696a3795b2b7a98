package dev.selfheal.patch.edit;

import dev.selfheal.patch.edit.Block.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads unified diffs the way models write them: line numbers and counts are ignored, {@code @@} may stand alone, and an
 * empty line is an empty context line.
 */
final class UnifiedDiffReader {

    private static final String NOWHERE = "/dev/null";

    private final List<String> lines;
    private final List<Draft> drafts = new ArrayList<>();
    private int next;

    private UnifiedDiffReader(List<String> lines) {
        this.lines = lines;
    }

    static boolean isIn(List<String> lines) {
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (isHeader(lines, i)) {
                return true;
            }
        }
        return false;
    }

    /** One draft per file header, in order. */
    static List<Draft> read(List<String> lines) throws UnusableReplyException {
        UnifiedDiffReader reader = new UnifiedDiffReader(lines);
        reader.readAll();
        return reader.drafts;
    }

    private void readAll() throws UnusableReplyException {
        while (next < lines.size()) {
            String line = lines.get(next);
            if (isHeader(lines, next)) {
                readFile();
            } else if (line.startsWith("rename ") || line.startsWith("GIT binary patch")) {
                throw new UnusableReplyException("renames and binary changes are not supported");
            } else if (line.startsWith("@@")) {
                throw new UnusableReplyException("a hunk has no file header before it");
            } else {
                next++;
            }
        }
    }

    private void readFile() throws UnusableReplyException {
        String from = path(lines.get(next++), "a/");
        String to = path(lines.get(next++), "b/");
        List<Block> blocks = new ArrayList<>();
        while (next < lines.size() && lines.get(next).startsWith("@@")) {
            next++;
            blocks.add(readHunk());
        }
        if (to.equals(NOWHERE)) {
            drafts.add(new Draft(from, Draft.Action.DELETE, blocks));
        } else {
            drafts.add(new Draft(to, from.equals(NOWHERE) ? Draft.Action.CREATE : Draft.Action.CHANGE, blocks));
        }
        if (!from.equals(NOWHERE) && !to.equals(NOWHERE) && !from.equals(to)) {
            throw new UnusableReplyException("the diff names two files: " + from + " and " + to);
        }
    }

    private Block readHunk() throws UnusableReplyException {
        List<Block.Line> content = new ArrayList<>();
        while (next < lines.size() && !endsHunk(lines, next)) {
            content.add(line(lines.get(next++)));
        }
        content.removeIf(line -> line.kind() == Kind.STAYS && line.text().startsWith("\\"));
        // An empty line between the diff and what follows it belongs to neither.
        while (!content.isEmpty() && isUnmarkedBlank(content.get(content.size() - 1))) {
            content.remove(content.size() - 1);
        }
        if (next < lines.size() && isStray(lines.get(next))) {
            throw new UnusableReplyException(
                    "a line of a hunk does not begin with a space, + or -: " + lines.get(next));
        }
        return new Block(content);
    }

    /** A line that breaks off a hunk which then goes on: what belongs where cannot be told. */
    private boolean isStray(String line) {
        return !line.startsWith("```")
                && !line.startsWith("@@")
                && !line.startsWith("diff ")
                && !isHeader(lines, next)
                && lines.stream()
                        .skip(next + 1L)
                        .takeWhile(later ->
                                !later.startsWith("@@") && !later.startsWith("diff ") && !later.startsWith("--- "))
                        .anyMatch(later -> later.startsWith("+") || later.startsWith("-"));
    }

    private static boolean isUnmarkedBlank(Block.Line line) {
        return line.kind() == Kind.STAYS && line.text().isEmpty();
    }

    private static Block.Line line(String raw) {
        if (raw.startsWith("+")) {
            return new Block.Line(Kind.COMES, raw.substring(1));
        }
        if (raw.startsWith("-")) {
            return new Block.Line(Kind.GOES, raw.substring(1));
        }
        return new Block.Line(Kind.STAYS, raw.startsWith(" ") ? raw.substring(1) : raw);
    }

    private static boolean endsHunk(List<String> lines, int index) {
        String line = lines.get(index);
        boolean content = line.isEmpty()
                || line.startsWith(" ")
                || line.startsWith("+")
                || line.startsWith("-")
                || line.startsWith("\\");
        return !content || isHeader(lines, index);
    }

    /** {@code --- } alone may be a removed line that begins with two hyphens. */
    private static boolean isHeader(List<String> lines, int index) {
        return lines.get(index).startsWith("--- ")
                && index + 1 < lines.size()
                && lines.get(index + 1).startsWith("+++ ");
    }

    private static String path(String header, String prefix) {
        String path = header.substring(4).split("\t", 2)[0].strip();
        return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    }
}
