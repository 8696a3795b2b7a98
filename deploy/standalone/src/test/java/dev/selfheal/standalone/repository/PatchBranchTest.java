package dev.selfheal.standalone.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchBranchTest {

    private static final String DIFF = """
            --- a/a.txt
            +++ b/a.txt
            @@ -1,2 +1,2 @@
             one
            -two
            +TWO
            """;

    @TempDir
    private Path temp;

    private GitFixture git;
    private String base;
    private String patchedTree;

    @BeforeEach
    void makeRepository() throws Exception {
        git = GitFixture.in(temp.resolve("repo")).write("a.txt", "one\nTWO\n");
        git.commit();
        patchedTree = git.git("rev-parse", "HEAD^{tree}");
        base = git.write("a.txt", "one\ntwo\n").commit();
    }

    @Test
    void shouldCommitToANewBranchAndTouchNothingElse() throws Exception {
        git.write("a.txt", "one\nwork in progress\n");
        String commit = branch().commit("selfheal/case-1", base, DIFF, patchedTree, "Mend it");
        assertThat(git.git("rev-parse", "selfheal/case-1^")).isEqualTo(base);
        assertThat(git.git("show", commit + ":a.txt")).isEqualTo("one\nTWO");
        assertThat(git.git("rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("main");
        assertThat(git.root().resolve("a.txt")).hasContent("one\nwork in progress\n");
        assertThat(git.git("diff", "--cached")).isEmpty();
    }

    @Test
    void shouldRefuseAndLeaveNoBranchWhenTheTreeIsNotTheValidatedOne() throws Exception {
        assertThatThrownBy(() -> branch().commit("selfheal/case-1", base, DIFF, "0".repeat(40), "Mend it"))
                .hasMessageContaining("not applied");
        assertThat(git.git("branch", "--list", "selfheal/*")).isEmpty();
    }

    @Test
    void shouldRefuseToMoveABranchThatExists() throws Exception {
        branch().commit("selfheal/case-1", base, DIFF, patchedTree, "Mend it");
        String before = git.git("rev-parse", "selfheal/case-1");
        assertThatThrownBy(() -> branch().commit("selfheal/case-1", base, DIFF, patchedTree, "Again"))
                .hasMessageContaining("selfheal/case-1");
        assertThat(git.git("rev-parse", "selfheal/case-1")).isEqualTo(before);
    }

    private PatchBranch branch() throws Exception {
        return new PatchBranch(LocalRepository.at(git.root()));
    }
}
