package dev.selfheal.validation.edit;

import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Applies edits exactly as they are written, or refuses: every hunk's old lines must stand at its line, and the file must
 * be the one the proposer saw. Tolerance belongs to the proposer; here it would let a patch land where nobody looked.
 */
public final class StrictEdits {

    private final Path root;
    private final GitTree tree;

    /**
     * @param root the exported base; read only
     */
    public StrictEdits(Path root, GitTree tree) {
        this.root = root;
        this.tree = tree;
    }

    /**
     * @throws PatchRefused with the first edit that does not fit
     * @throws IOException when the base itself cannot be read
     */
    public AppliedPatch apply(List<FileEdit> edits) throws PatchRefused, IOException {
        List<AppliedPatch.PatchedFile> files = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        StringBuilder diff = new StringBuilder();
        for (FileEdit edit : edits) {
            AppliedPatch.PatchedFile file = apply(edit);
            if (!paths.add(file.path())) {
                throw new PatchRefused("SH-APPLY-TWICE", file.path(), 0, "the file is edited twice");
            }
            String part = UnifiedDiff.of(file);
            if (!file.after().charset().equals(StandardCharsets.UTF_8) && !isAscii(part)) {
                throw new PatchRefused(
                        "SH-APPLY-ENCODING",
                        file.path(),
                        0,
                        "the file is not UTF-8 and the change stands beside such text");
            }
            files.add(file);
            diff.append(part);
        }
        return new AppliedPatch(files, diff.toString());
    }

    private AppliedPatch.PatchedFile apply(FileEdit edit) throws PatchRefused, IOException {
        String path = edit.getPath();
        if (edit.getDeletes()) {
            throw new PatchRefused("SH-APPLY-DELETE", path, 0, "removing files is left to people");
        }
        refuseLinks(path);
        return edit.getBaseSha256().isPresent() ? change(edit) : create(edit);
    }

    private void refuseLinks(String path) throws PatchRefused {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (tree.file(path.substring(0, slash)).isPresent()) {
                throw new PatchRefused(
                        "SH-APPLY-LINK", path, 0, path.substring(0, slash) + " is not a folder in the base");
            }
        }
        if (tree.file(path).filter(GitTree.GitFile::isSymbolicLink).isPresent()) {
            throw new PatchRefused("SH-APPLY-LINK", path, 0, "the file is a symbolic link");
        }
    }

    private AppliedPatch.PatchedFile create(FileEdit edit) throws PatchRefused {
        String path = edit.getPath();
        if (tree.file(path).isPresent() || Files.exists(root.resolve(path))) {
            throw new PatchRefused("SH-APPLY-EXISTS", path, 0, "the file to create is there already");
        }
        boolean plain = edit.getHunks().size() == 1
                && edit.getHunks().get(0).getStartLine() == 1
                && edit.getHunks().get(0).getBefore().isEmpty();
        if (!plain) {
            throw new PatchRefused("SH-APPLY-HUNK", path, 0, "a new file is one hunk at line 1 that replaces nothing");
        }
        SourceText empty = new SourceText(List.of(), StandardCharsets.UTF_8);
        return new AppliedPatch.PatchedFile(path, Optional.empty(), edited(edit, empty));
    }

    private AppliedPatch.PatchedFile change(FileEdit edit) throws PatchRefused, IOException {
        String path = edit.getPath();
        if (tree.file(path).isEmpty()) {
            throw new PatchRefused("SH-APPLY-MISSING", path, 0, "the base commit has no such file");
        }
        byte[] content = Files.readAllBytes(root.resolve(path));
        if (!sha256(content).equals(edit.getBaseSha256().orElse(""))) {
            throw new PatchRefused("SH-APPLY-BASE", path, 0, "the proposal was made for another version of the file");
        }
        SourceText before = SourceText.of(content);
        return new AppliedPatch.PatchedFile(path, Optional.of(before), edited(edit, before));
    }

    private static SourceText edited(FileEdit edit, SourceText before) throws PatchRefused {
        List<String> lines = new ArrayList<>();
        int next = 1;
        for (Hunk hunk : edit.getHunks()) {
            int start = hunk.getStartLine();
            int end = start + hunk.getBefore().size();
            if (start < next
                    || end - 1 > before.lines().size()
                    || start > before.lines().size() + 1) {
                throw new PatchRefused(
                        "SH-APPLY-HUNK", edit.getPath(), start, "the hunk overlaps another or lies outside the file");
            }
            requireSame(edit.getPath(), hunk, before);
            lines.addAll(before.lines().subList(next - 1, start - 1));
            append(edit.getPath(), hunk, before, lines);
            next = end;
        }
        lines.addAll(before.lines()
                .subList(
                        Math.min(next - 1, before.lines().size()),
                        before.lines().size()));
        if (lines.equals(before.lines())) {
            throw new PatchRefused("SH-APPLY-NOTHING", edit.getPath(), 0, "the edit changes nothing");
        }
        return before.with(lines);
    }

    private static void requireSame(String path, Hunk hunk, SourceText before) throws PatchRefused {
        for (int i = 0; i < hunk.getBefore().size(); i++) {
            int line = hunk.getStartLine() + i;
            if (!SourceText.content(before.lines().get(line - 1))
                    .equals(hunk.getBefore().get(i))) {
                throw new PatchRefused("SH-APPLY-MISMATCH", path, line, "the base has another line here");
            }
        }
    }

    /** New lines end as the replaced ones did, so that a missing newline at the end of the file stays missing. */
    private static void append(String path, Hunk hunk, SourceText before, List<String> lines) throws PatchRefused {
        int start = hunk.getStartLine() - 1;
        boolean atEnd = start + hunk.getBefore().size() == before.lines().size();
        boolean open = atEnd
                && !before.lines().isEmpty()
                && !endsLine(before.lines().get(before.lines().size() - 1));
        if (open
                && !lines.isEmpty()
                && !endsLine(lines.get(lines.size() - 1))
                && !hunk.getAfter().isEmpty()) {
            lines.set(lines.size() - 1, lines.get(lines.size() - 1) + before.lineEnd());
        }
        for (int i = 0; i < hunk.getAfter().size(); i++) {
            String line = hunk.getAfter().get(i);
            if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
                throw new PatchRefused("SH-APPLY-LINE", path, hunk.getStartLine() + i, "a line holds a line end");
            }
            boolean last = i == hunk.getAfter().size() - 1;
            lines.add(last && open ? line : line + before.lineEnd());
        }
    }

    private static boolean endsLine(String line) {
        return line.endsWith("\n");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** Lower-case hex, as proposals carry it. */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
