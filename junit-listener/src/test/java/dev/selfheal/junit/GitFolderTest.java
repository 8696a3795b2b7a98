package dev.selfheal.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitFolderTest {

    private static final String COMMIT = "3b18e512dba79e4c8300dd08aeb37f8e728b8dad";

    @TempDir
    private Path root;

    @Test
    void shouldFindTheTreeAndTheFolderInIt() throws IOException {
        write(".git/HEAD", COMMIT + "\n");
        Path module = Files.createDirectories(root.resolve("core/cart"));

        GitFolder git = GitFolder.above(module).orElseThrow();

        assertThat(git.root()).isEqualTo(root);
        assertThat(git.folder(module)).isEqualTo("core/cart");
        assertThat(git.folder(root)).isEmpty();
        assertThat(git.commit()).contains(COMMIT);
    }

    @Test
    void shouldFollowABranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/feature/x\n");
        write(".git/refs/heads/feature/x", COMMIT + "\n");

        assertThat(commit()).contains(COMMIT);
    }

    @Test
    void shouldFollowAPackedBranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/packed-refs", "# pack-refs with: peeled\n" + COMMIT + " refs/heads/main\n");

        assertThat(commit()).contains(COMMIT);
    }

    @Test
    void shouldFollowALinkedWorkingTree() throws IOException {
        write("main/.git/worktrees/w/HEAD", "ref: refs/heads/main\n");
        write("main/.git/worktrees/w/commondir", "../..\n");
        write("main/.git/refs/heads/main", COMMIT + "\n");
        write("w/.git", "gitdir: " + root.resolve("main/.git/worktrees/w") + "\n");

        assertThat(GitFolder.above(root.resolve("w")).orElseThrow().commit()).contains(COMMIT);
    }

    @Test
    void shouldNotTellACommitBeforeTheFirst() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");

        assertThat(commit()).isEmpty();
    }

    @Test
    void shouldNotFailOnADamagedFolder() throws IOException {
        Files.createDirectories(root.resolve(".git"));

        assertThat(commit()).isEmpty();
    }

    private Optional<String> commit() {
        return GitFolder.above(root).orElseThrow().commit();
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
