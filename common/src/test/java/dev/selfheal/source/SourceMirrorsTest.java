package dev.selfheal.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.errors.ErrorCode;
import dev.selfheal.errors.HealingException;
import dev.selfheal.event.SourceRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceMirrorsTest {

    @TempDir
    private Path temp;

    private Path origin;
    private SourceRepository repository;
    private SourceMirrors mirrors;

    @BeforeEach
    void makeOrigin() throws Exception {
        origin = Files.createDirectory(temp.resolve("origin repo"));
        git("init", "--quiet", "-b", "main");
        repository = SourceRepository.newBuilder()
                .setUrl(origin.toString())
                .setBranch("main")
                .setSubdirectory("")
                .setBuild("maven")
                .build();
        mirrors = new SourceMirrors(temp.resolve("mirrors"), Duration.ofSeconds(30));
    }

    @Test
    void shouldResolveTheHeadOfTheBranchWhenNoCommitIsGiven() throws Exception {
        String first = commit("a.txt", "one");
        assertThat(mirrors.resolve(repository, Optional.empty())).isEqualTo(first);
        String second = commit("a.txt", "two");
        assertThat(mirrors.resolve(repository, Optional.empty())).isEqualTo(second);
    }

    @Test
    void shouldExportTheBytesOfTheGivenCommit() throws Exception {
        String first = commit("dir/a.txt", "one\r\n");
        commit("dir/a.txt", "two");
        export(first);
        assertThat(temp.resolve("out/dir/a.txt")).hasContent("one\r\n");
        assertThat(temp.resolve("out/.git")).doesNotExist();
    }

    @Test
    void shouldFindACommitThatOnlyADetachedHeadHolds() throws Exception {
        commit("a.txt", "one");
        git("checkout", "--quiet", "--detach");
        String detached = commit("a.txt", "two");
        assertThat(mirrors.resolve(repository, Optional.of(detached))).isEqualTo(detached);
    }

    @Test
    void shouldNameWhatIsMissingWhenTheCommitIsUnknown() throws Exception {
        commit("a.txt", "one");
        assertThatThrownBy(() -> mirrors.resolve(repository, Optional.of("f".repeat(40))))
                .isInstanceOfSatisfying(
                        HealingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE));
        repository =
                SourceRepository.newBuilder(repository).setBranch("nowhere").build();
        assertThatThrownBy(() -> mirrors.resolve(repository, Optional.empty())).hasMessageContaining("branch nowhere");
    }

    @Test
    void shouldNotFetchACommitThatNoBranchOrTagHolds() throws Exception {
        git("config", "uploadpack.allowAnySHA1InWant", "true");
        commit("a.txt", "one");
        git("checkout", "--quiet", "--detach");
        String stranger = commit("a.txt", "hostile");
        git("update-ref", "refs/pull/1/head", stranger);
        git("checkout", "--quiet", "main");
        assertThatThrownBy(() -> mirrors.resolve(repository, Optional.of(stranger)))
                .hasMessageContaining("on a branch or tag");
    }

    @Test
    void shouldNotReadACommitAsAnExpression() throws Exception {
        commit("a.txt", "one");
        mirrors.resolve(repository, Optional.empty());
        assertThatThrownBy(() -> mirrors.resolve(repository, Optional.of("main")))
                .hasMessageContaining("not a full commit id");
    }

    @Test
    void shouldNotTakeAUrlForAnOption() throws Exception {
        repository = SourceRepository.newBuilder(repository)
                .setUrl("--upload-pack=touch " + temp.resolve("pwned"))
                .build();
        assertThatThrownBy(() -> mirrors.resolve(repository, Optional.empty())).isInstanceOf(HealingException.class);
        assertThat(temp.resolve("pwned")).doesNotExist();
    }

    @Test
    void shouldLeaveOutLinksThatLeaveTheTree() throws Exception {
        Files.createSymbolicLink(origin.resolve("out.txt"), Path.of("../../secret"));
        Files.createSymbolicLink(origin.resolve("absolute.txt"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(origin.resolve("inside.txt"), Path.of("a.txt"));
        export(commit("a.txt", "one"));
        try (Stream<Path> files = Files.list(temp.resolve("out"))) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("a.txt", "inside.txt");
        }
    }

    @Test
    void shouldPredictTheTreeThatGitWrites() throws Exception {
        commit("gone.txt", "x");
        String base = commit("dir/a.txt", "one");
        export(base);
        String predicted = mirrors.treeAfter(
                repository,
                base,
                Map.of("dir/a.txt", Optional.of("two".getBytes(UTF_8)), "gone.txt", Optional.empty()));
        git("rm", "--quiet", "gone.txt");
        commit("dir/a.txt", "two");
        assertThat(predicted).isEqualTo(git("rev-parse", "HEAD^{tree}"));
    }

    private void export(String commit) throws HealingException, InterruptedException {
        mirrors.resolve(repository, Optional.of(commit));
        mirrors.export(repository, commit, temp.resolve("out"));
    }

    private String commit(String file, String content) throws Exception {
        Files.createDirectories(origin.resolve(file).getParent());
        Files.writeString(origin.resolve(file), content);
        git("add", "-A");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "change");
        return git("rev-parse", "HEAD");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command)
                .directory(origin.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.strip();
    }
}
