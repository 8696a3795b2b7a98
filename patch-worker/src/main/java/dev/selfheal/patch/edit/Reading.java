package dev.selfheal.patch.edit;

import dev.selfheal.event.FileEdit;
import java.util.List;

/** What could be made of a model's reply. */
public sealed interface Reading {

    /** The whole reply was understood; at least one edit, one per file. */
    record Edits(List<FileEdit> edits) implements Reading {
        public Edits {
            edits = List.copyOf(edits);
            if (edits.isEmpty()) {
                throw new IllegalArgumentException("a reading without edits is Unusable");
            }
        }
    }

    /** Nothing of the reply is used; the reason is a sentence fit to be sent back to the model. */
    record Unusable(String reason) implements Reading {}
}
