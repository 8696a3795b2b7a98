package dev.selfheal.patch.edit;

import dev.selfheal.patch.edit.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * Finds the one place in a file that a block speaks of: exactly, else but for white space, else but for one context line.
 *
 * <p>Lines that go must always match. A place that is not the only one of its kind is refused: a wrong edit is worse than
 * none.
 */
final class BlockLocator {

    /** A block with one wrong context line must still hold this many lines that are right. */
    private static final int ANCHORS = 2;

    private final List<String> file;
    private final Block block;
    private final List<Block.Line> before;

    private BlockLocator(List<String> file, Block block) {
        this.file = file;
        this.block = block;
        this.before = block.before();
    }

    /**
     * @return what the block makes of the place it was found at
     * @throws UnusableReplyException when there is no such place, or more than one
     */
    static Replacement locate(SourceText source, Block block) throws UnusableReplyException {
        BlockLocator locator = new BlockLocator(source.lines(), block);
        if (locator.before.isEmpty()) {
            throw new UnusableReplyException("an edit of " + source.path() + " does not say which lines it replaces");
        }
        List<Integer> starts = locator.starts();
        if (starts.size() != 1) {
            String count = starts.isEmpty() ? "nowhere" : starts.size() + " times";
            throw new UnusableReplyException("the lines to replace occur " + count + " in " + source.path()
                    + ", must occur exactly once; they begin with: " + locator.firstLine());
        }
        return locator.replacement(starts.get(0));
    }

    private List<Integer> starts() {
        List<Integer> exact = matches((line, text) -> line.text().equals(text), 0);
        if (!exact.isEmpty()) {
            return exact;
        }
        List<Integer> spaced = matches(BlockLocator::sameButForSpace, 0);
        return spaced.isEmpty() && before.size() > ANCHORS ? matches(BlockLocator::sameButForSpace, 1) : spaced;
    }

    private List<Integer> matches(BiPredicate<Block.Line, String> same, int tolerated) {
        return IntStream.rangeClosed(0, file.size() - before.size())
                .filter(start -> mismatches(start, same) <= tolerated)
                .boxed()
                .toList();
    }

    private int mismatches(int start, BiPredicate<Block.Line, String> same) {
        int mismatches = 0;
        for (int i = 0; i < before.size(); i++) {
            if (!same.test(before.get(i), file.get(start + i))) {
                // A line that goes is never taken on trust, nor is a blank one a landmark.
                mismatches += before.get(i).kind() == Kind.GOES ? before.size() : 1;
            }
        }
        return mismatches;
    }

    private static boolean sameButForSpace(Block.Line line, String text) {
        return collapse(line.text()).equals(collapse(text));
    }

    private static String collapse(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** Lines that stay are the file's own; lines that come are moved by as much as the line before them was off. */
    private Replacement replacement(int start) {
        List<String> after = new ArrayList<>();
        int at = start;
        String written = before.get(0).text();
        String found = file.get(start);
        for (Block.Line line : block.lines()) {
            if (line.kind() == Kind.COMES) {
                after.add(moved(line.text(), indent(written), indent(found)));
                continue;
            }
            if (!line.text().isBlank()) {
                written = line.text();
                found = file.get(at);
            }
            if (line.kind() == Kind.STAYS) {
                after.add(file.get(at));
            }
            at++;
        }
        return new Replacement(start, at, after);
    }

    private static String moved(String line, String from, String to) {
        if (line.isBlank() || from.equals(to)) {
            return line;
        }
        return line.startsWith(from) ? to + line.substring(from.length()) : line;
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    private String firstLine() {
        return before.stream()
                .map(Block.Line::text)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("a blank line")
                .strip();
    }

    /**
     * Lines {@code begin} (from 0) up to and without {@code end} become {@code after}.
     */
    record Replacement(int begin, int end, List<String> after) {
        Replacement {
            after = List.copyOf(after);
        }
    }
}
