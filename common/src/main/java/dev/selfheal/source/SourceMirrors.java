package dev.selfheal.source;

import dev.selfheal.errors.HealingException;
import dev.selfheal.event.SourceRepository;
import java.nio.file.Path;
import java.util.Optional;

/** Bare mirrors under one folder, one per repository URL, fetched when a commit is missing. Thread-safe. */
public final class SourceMirrors {

    public SourceMirrors(Path root) {
        throw new UnsupportedOperationException("skeleton " + root);
    }

    /**
     * The commit's full id: the given one when it is there, else the head of the policy's branch. Fetches when needed.
     *
     * @throws HealingException {@code SOURCE_UNAVAILABLE}
     */
    public String resolve(SourceRepository repository, Optional<String> commit) throws HealingException {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Writes the tree of a commit into an empty or missing folder, without a {@code .git}. Symbolic links that leave the
     * tree are refused.
     */
    public void export(SourceRepository repository, String commit, Path into) throws HealingException {
        throw new UnsupportedOperationException("skeleton");
    }
}
