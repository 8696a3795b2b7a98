package dev.selfheal.validation.edit;

import java.util.List;
import java.util.Optional;

/**
 * A patch that fits its base. The tree itself is never written to.
 *
 * @param files in the order of the proposal
 * @param diff canonical unified diff, accepted by {@code git apply} on the base
 */
public record AppliedPatch(List<PatchedFile> files, String diff) {

    /**
     * @param path from the repository's root
     * @param before empty when the patch creates the file
     */
    public record PatchedFile(String path, Optional<SourceText> before, SourceText after) {

        public boolean isJava() {
            return path.endsWith(".java");
        }
    }

    public AppliedPatch {
        files = List.copyOf(files);
    }

    /** Lines added plus lines removed, counted on the diff. */
    public int changedLines() {
        return (int) diff.lines()
                .filter(line -> line.startsWith("+") || line.startsWith("-"))
                .filter(line -> !line.startsWith("+++ ") && !line.startsWith("--- "))
                .count();
    }
}
