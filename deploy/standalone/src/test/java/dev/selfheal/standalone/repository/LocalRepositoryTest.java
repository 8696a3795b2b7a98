package dev.selfheal.standalone.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRepositoryTest {

    @TempDir
    private Path temp;

    @Test
    void shouldFindTheRootTheHeadAndTheFolderBelow() throws Exception {
        GitFixture git = GitFixture.in(temp.resolve("My Shop")).write("app/pom.xml", "<project/>");
        String head = git.commit();
        LocalRepository repository = LocalRepository.at(temp.resolve("My Shop/app"));
        assertThat(repository).isEqualTo(new LocalRepository(git.root().toRealPath(), "app", head, false));
    }

    @Test
    void shouldMakeAServiceNameOfTheFolders() throws Exception {
        GitFixture.in(temp.resolve("-My Shop")).write("a", "a").commit();
        assertThat(LocalRepository.at(temp.resolve("-My Shop")).serviceName()).isEqualTo("my-shop");
    }

    @Test
    void shouldSeeUncommittedChanges() throws Exception {
        GitFixture git = GitFixture.in(temp.resolve("shop")).write("a", "a");
        git.commit();
        git.write("a", "b");
        assertThat(LocalRepository.at(git.root()).dirty()).isTrue();
    }

    @Test
    void shouldSayWhyWhenThereIsNothingToHeal() throws Exception {
        assertThatThrownBy(() -> LocalRepository.at(temp.resolve("missing"))).hasMessageContaining("is not a folder");
        assertThatThrownBy(() -> LocalRepository.at(Files.createDirectory(temp.resolve("plain"))))
                .hasMessageContaining("not inside a git work tree");
        GitFixture empty = GitFixture.in(temp.resolve("empty"));
        assertThatThrownBy(() -> LocalRepository.at(empty.root())).hasMessageContaining("no commit yet");
    }
}
