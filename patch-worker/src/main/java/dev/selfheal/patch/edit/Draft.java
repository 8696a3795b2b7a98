package dev.selfheal.patch.edit;

import java.util.List;

/**
 * What a reply says about one file, before it is held against the file.
 *
 * @param path as the model wrote it
 * @param action what is to become of the file
 */
record Draft(String path, Action action, List<Block> blocks) {

    enum Action {
        CHANGE,
        CREATE,
        DELETE
    }

    Draft {
        blocks = List.copyOf(blocks);
    }
}
