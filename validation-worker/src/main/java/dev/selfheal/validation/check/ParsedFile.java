package dev.selfheal.validation.check;

import com.github.javaparser.ast.CompilationUnit;
import dev.selfheal.validation.edit.AppliedPatch.PatchedFile;
import java.util.Optional;

/**
 * A patched Java file as syntax trees.
 *
 * @param before empty when the file is new or the base itself does not parse
 */
public record ParsedFile(PatchedFile file, Optional<CompilationUnit> before, CompilationUnit after) {}
