package dev.selfheal.validation.edit;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/** Git's unified diff of one file, three lines of context, faithful to CRLF and to a missing newline at the end. */
public final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    public static String of(AppliedPatch.PatchedFile file) {
        List<String> before = file.before().map(SourceText::lines).orElse(List.of());
        List<String> after = file.after().lines();
        String path = file.path();
        // Git ends a name that holds a space with a tab.
        String end = path.indexOf(' ') >= 0 ? "\t\n" : "\n";
        StringBuilder diff = new StringBuilder("diff --git a/" + path + " b/" + path + "\n");
        if (file.before().isEmpty()) {
            diff.append("new file mode 100644\n--- /dev/null\n");
        } else {
            diff.append("--- a/").append(path).append(end);
        }
        diff.append("+++ b/").append(path).append(end);
        for (List<AbstractDelta<String>> group :
                groups(DiffUtils.diff(before, after).getDeltas())) {
            hunk(before, after, group, diff);
        }
        return diff.toString();
    }

    /** Changes whose contexts would touch share a hunk. */
    private static List<List<AbstractDelta<String>>> groups(List<AbstractDelta<String>> deltas) {
        List<List<AbstractDelta<String>>> groups = new ArrayList<>();
        int end = Integer.MIN_VALUE;
        for (AbstractDelta<String> delta : deltas) {
            if (groups.isEmpty() || delta.getSource().getPosition() - end > 2 * CONTEXT) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(delta);
            end = delta.getSource().getPosition() + delta.getSource().size();
        }
        return groups;
    }

    private static void hunk(
            List<String> before, List<String> after, List<AbstractDelta<String>> group, StringBuilder diff) {
        AbstractDelta<String> first = group.get(0);
        AbstractDelta<String> last = group.get(group.size() - 1);
        int lead = Math.min(CONTEXT, first.getSource().getPosition());
        int oldStart = first.getSource().getPosition() - lead;
        int newStart = first.getTarget().getPosition() - lead;
        int oldEnd = Math.min(
                before.size(), last.getSource().getPosition() + last.getSource().size() + CONTEXT);
        int newEnd = Math.min(
                after.size(), last.getTarget().getPosition() + last.getTarget().size() + CONTEXT);
        diff.append("@@ -").append(range(oldStart, oldEnd - oldStart));
        diff.append(" +").append(range(newStart, newEnd - newStart)).append(" @@\n");
        int at = oldStart;
        for (AbstractDelta<String> delta : group) {
            lines(' ', before.subList(at, delta.getSource().getPosition()), diff);
            lines('-', delta.getSource().getLines(), diff);
            lines('+', delta.getTarget().getLines(), diff);
            at = delta.getSource().getPosition() + delta.getSource().size();
        }
        lines(' ', before.subList(at, oldEnd), diff);
    }

    /** An empty range starts at the line before it (GNU diffutils, "Detailed Unified"). */
    private static String range(int start, int size) {
        return (size == 0 ? start : start + 1) + "," + size;
    }

    private static void lines(char mark, List<String> lines, StringBuilder diff) {
        for (String line : lines) {
            diff.append(mark).append(line);
            if (!line.endsWith("\n")) {
                diff.append("\n\\ No newline at end of file\n");
            }
        }
    }
}
