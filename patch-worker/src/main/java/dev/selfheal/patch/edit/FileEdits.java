package dev.selfheal.patch.edit;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.selfheal.event.FileEdit;
import dev.selfheal.event.Hunk;
import java.util.List;

/** Builds {@link FileEdit}s whose hunks hold changed lines only. */
public final class FileEdits {

    private FileEdits() {}

    /**
     * The smallest set of line hunks that turns {@code original} into {@code changed}; without hunks when they are equal.
     *
     * @param changed the new lines, without line ends
     */
    public static FileEdit between(SourceText original, List<String> changed) {
        List<Hunk> hunks = DiffUtils.diff(original.lines(), changed).getDeltas().stream()
                .map(FileEdits::hunk)
                .toList();
        return FileEdit.newBuilder()
                .setPath(original.path())
                .setBaseSha256(original.sha256())
                .setHunks(hunks)
                .build();
    }

    /** A file that is not there yet. */
    public static FileEdit creation(String path, List<String> lines) {
        Hunk hunk = Hunk.newBuilder()
                .setStartLine(1)
                .setBefore(List.of())
                .setAfter(List.copyOf(lines))
                .build();
        return FileEdit.newBuilder().setPath(path).setHunks(List.of(hunk)).build();
    }

    private static Hunk hunk(AbstractDelta<String> delta) {
        return Hunk.newBuilder()
                .setStartLine(delta.getSource().getPosition() + 1)
                .setBefore(List.copyOf(delta.getSource().getLines()))
                .setAfter(List.copyOf(delta.getTarget().getLines()))
                .build();
    }
}
