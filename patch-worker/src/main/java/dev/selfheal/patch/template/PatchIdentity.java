package dev.selfheal.patch.template;

import dev.selfheal.event.FileEdit;
import java.util.List;

/** Gives the same change the same id, whoever proposed it. */
@FunctionalInterface
public interface PatchIdentity {

    /** sha256 (hex) over the canonical form of the edits. */
    String of(List<FileEdit> edits);
}
