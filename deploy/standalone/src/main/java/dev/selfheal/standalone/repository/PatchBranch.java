package dev.selfheal.standalone.repository;

import dev.selfheal.errors.RetriableException;
import dev.selfheal.source.GitCommand;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Commits an approved patch to a new branch without touching the work tree, the index or any other branch. */
public final class PatchBranch {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final LocalRepository repository;

    public PatchBranch(LocalRepository repository) {
        this.repository = repository;
    }

    /**
     * Commits the diff on top of its base.
     *
     * @param name of the branch to make, for example {@code selfheal/case-1}
     * @param diff unified, as in the verdict
     * @param expectedTree git tree id that the verdict was signed for
     * @return id of the new commit
     * @throws IOException when the branch exists, the diff does not apply, or the result is not the tree that was
     *     validated; nothing is changed then
     */
    public String commit(String name, String base, String diff, String expectedTree, String message)
            throws IOException {
        Path folder = Files.createTempDirectory("selfheal-apply");
        Path patch = folder.resolve("patch.diff");
        Path text = folder.resolve("message.txt");
        Path index = folder.resolve("index");
        try {
            Files.writeString(patch, diff);
            Files.writeString(text, message);
            GitCommand git = new GitCommand(repository.root(), TIMEOUT, variables(index));
            git.run("read-tree", base);
            git.run("apply", "--cached", "--whitespace=nowarn", patch.toString());
            String tree = git.run("write-tree").strip();
            if (!tree.equals(expectedTree)) {
                throw new IOException("the patched tree is " + tree + ", the verdict was signed for " + expectedTree
                        + ": not applied");
            }
            String commit = git.run("commit-tree", tree, "-p", base, "-F", text.toString())
                    .strip();
            git.run("update-ref", "refs/heads/" + name, commit, "0".repeat(40));
            return commit;
        } catch (RetriableException e) {
            throw new IOException("cannot commit the patch to branch " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while git ran");
        } finally {
            Files.deleteIfExists(patch);
            Files.deleteIfExists(text);
            Files.deleteIfExists(index);
            Files.deleteIfExists(folder);
        }
    }

    /** Its own index, and an identity of its own: a machine's git may have none. */
    private static Map<String, String> variables(Path index) {
        return Map.of(
                "GIT_INDEX_FILE", index.toString(),
                "GIT_AUTHOR_NAME", "Selfheal",
                "GIT_AUTHOR_EMAIL", "selfheal@localhost",
                "GIT_COMMITTER_NAME", "Selfheal",
                "GIT_COMMITTER_EMAIL", "selfheal@localhost");
    }
}
