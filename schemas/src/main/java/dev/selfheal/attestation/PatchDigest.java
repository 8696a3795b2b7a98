package dev.selfheal.attestation;

import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The identity of a change: the same change has the same id, whoever proposed it and however much context came along.
 *
 * <p>The id is the SHA-256, in lower-case hex, of this canonical form in UTF-8. {@code N:text} means the length of the text
 * in UTF-8 bytes in decimal, a colon, the text, a line feed; so no content can imitate structure.
 *
 * <pre>
 * selfheal-patch-v1 LF
 * for each file, sorted by path (UTF-16 code units):
 *   file N:path
 *   one of: delete LF | create LF | modify LF
 *   for each hunk, sorted by start line:
 *     hunk START BEFORE AFTER LF      start line from 1, then the number of lines taken out and put in
 *     for each line taken out: -N:text
 *     for each line put in:    +N:text
 * </pre>
 *
 * <p>Before that, each hunk loses the lines that its two sides have in common at its start (the start line moves down) and
 * then at its end; hunks that touch become one; hunks and modified files that change nothing are left out. The base hash
 * is no part of the form: it says where a change belongs, not what it is. Unchanged lines inside a hunk stay, so one hunk
 * around two changes and two hunks are two ids.
 */
public final class PatchDigest {

    private PatchDigest() {}

    /** The id of the change, 64 hex digits. */
    public static String of(List<FileEdit> edits) {
        return sha256(canonical(edits));
    }

    /** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
    public static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    static String canonical(List<FileEdit> edits) {
        StringBuilder form = new StringBuilder("selfheal-patch-v1\n");
        edits.stream().sorted(Comparator.comparing(FileEdit::getPath)).forEach(edit -> append(form, edit));
        return form.toString();
    }

    private static void append(StringBuilder form, FileEdit edit) {
        boolean creates = !edit.getDeletes() && edit.getBaseSha256().isEmpty();
        List<Hunk> hunks = edit.getDeletes() ? List.of() : normalised(edit.getHunks());
        if (hunks.isEmpty() && !edit.getDeletes() && !creates) {
            return;
        }
        text(form.append("file "), edit.getPath());
        form.append(edit.getDeletes() ? "delete" : creates ? "create" : "modify")
                .append('\n');
        for (Hunk hunk : hunks) {
            form.append("hunk ").append(hunk.getStartLine());
            form.append(' ').append(hunk.getBefore().size());
            form.append(' ').append(hunk.getAfter().size()).append('\n');
            hunk.getBefore().forEach(line -> text(form.append('-'), line));
            hunk.getAfter().forEach(line -> text(form.append('+'), line));
        }
    }

    private static void text(StringBuilder form, String text) {
        form.append(text.getBytes(StandardCharsets.UTF_8).length)
                .append(':')
                .append(text)
                .append('\n');
    }

    private static List<Hunk> normalised(List<Hunk> hunks) {
        List<Hunk> result = new ArrayList<>();
        hunks.stream()
                .map(PatchDigest::withoutContext)
                .filter(hunk -> !(hunk.getBefore().isEmpty() && hunk.getAfter().isEmpty()))
                .sorted(Comparator.comparingInt(Hunk::getStartLine))
                .forEach(hunk -> {
                    int last = result.size() - 1;
                    if (last >= 0 && endOf(result.get(last)) == hunk.getStartLine()) {
                        result.set(last, joined(result.get(last), hunk));
                    } else {
                        result.add(hunk);
                    }
                });
        return result;
    }

    private static Hunk withoutContext(Hunk hunk) {
        List<String> before = hunk.getBefore();
        List<String> after = hunk.getAfter();
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        return new Hunk(
                hunk.getStartLine() + head,
                before.subList(head, before.size() - tail),
                after.subList(head, after.size() - tail));
    }

    private static int endOf(Hunk hunk) {
        return hunk.getStartLine() + hunk.getBefore().size();
    }

    private static Hunk joined(Hunk first, Hunk second) {
        List<String> before = new ArrayList<>(first.getBefore());
        before.addAll(second.getBefore());
        List<String> after = new ArrayList<>(first.getAfter());
        after.addAll(second.getAfter());
        return new Hunk(first.getStartLine(), before, after);
    }
}
