package dev.selfheal.patch;

import dev.selfheal.patch.edit.Reading;
import java.nio.file.Path;

/** Makes edits of a model's reply. */
@FunctionalInterface
interface EditReader {

    /**
     * @param sourceTree the files the reply is about
     */
    Reading read(Path sourceTree, String reply);
}
