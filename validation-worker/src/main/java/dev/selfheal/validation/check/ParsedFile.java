package dev.selfheal.validation.check;

import com.github.difflib.DiffUtils;
import com.github.javaparser.ast.CompilationUnit;
import dev.selfheal.validation.edit.AppliedPatch.PatchedFile;
import dev.selfheal.validation.edit.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A patched Java file as syntax trees.
 *
 * @param before empty when the file is new or the base itself does not parse
 */
public record ParsedFile(PatchedFile file, Optional<CompilationUnit> before, CompilationUnit after) {

    /** The lines of the patched file that the base does not have there, from 1. */
    Set<Integer> changedLines() {
        List<String> base = file.before().map(SourceText::lines).orElse(List.of());
        Set<Integer> lines = new TreeSet<>();
        DiffUtils.diff(base, file.after().lines()).getDeltas().forEach(delta -> {
            int first = delta.getTarget().getPosition() + 1;
            for (int line = first; line < first + delta.getTarget().size(); line++) {
                lines.add(line);
            }
        });
        return lines;
    }
}
