package dev.selfheal.patch.edit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files of an exported commit, looked up by paths that are not to be trusted. */
final class SourceTree {

    private final Path root;

    SourceTree(Path root) {
        this.root = root;
    }

    /**
     * The file at a normalised path; empty when there is none, or it is reached through a symbolic link.
     *
     * @throws UnusableReplyException when it is there and cannot be read
     */
    Optional<SourceText> find(String path) throws UnusableReplyException {
        Path file = root.resolve(path);
        try {
            boolean inside = Files.isRegularFile(file)
                    && file.toRealPath().equals(root.toRealPath().resolve(path).normalize());
            return inside ? Optional.of(SourceText.read(root, path)) : Optional.empty();
        } catch (IOException e) {
            throw new UnusableReplyException(path + " cannot be read: " + e.getMessage());
        }
    }
}
