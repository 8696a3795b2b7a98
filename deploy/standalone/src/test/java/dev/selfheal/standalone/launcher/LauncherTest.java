package dev.selfheal.standalone.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs of our own on the PATH in place of java, mvn and git. */
class LauncherTest {

    private static final Path SCRIPT =
            Path.of("..", "..", "selfheal").toAbsolutePath().normalize();
    private static final List<String> TOOLS = List.of(
            "cat", "cp", "dirname", "find", "grep", "head", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "tail");
    private static final String JDK = """
            case "$*" in
              *-version*) echo '    java.specification.version = %s' >&2 ;;
              --list-modules) echo 'jdk.compiler@%s' ;;
              *) printf '%%s|' "$PWD" "$@" ;;
            esac
            """;
    private static final String MAVEN = """
            case "$1" in
              -v) echo 'Apache Maven %s (id)' ;;
              *) echo '[INFO] Building Selfheal :: Schemas 0.1 [2/9]'; %s ;;
            esac
            """;

    private record Run(int exitCode, String out, String err) {}

    @TempDir
    private Path folder;

    private Path bin;
    private Path project;

    @BeforeEach
    void setUp() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            program(tool, "exec " + which(tool) + " \"$@\"");
        }
        project = Files.createDirectories(folder.resolve("a project"));
        Files.copy(SCRIPT, project.resolve("selfheal"));
        Files.createDirectories(project.resolve("common/src/main/java"));
    }

    @Test
    void shouldSayWhatToInstallWhenThereIsNoJava() throws Exception {
        assertThat(run(project.resolve("selfheal")))
                .returns(1, Run::exitCode)
                .satisfies(
                        r -> assertThat(r.err()).contains("no java on the PATH").hasLineCount(1));
    }

    @Test
    void shouldSayWhenJavaIsTooOld() throws Exception {
        program("java", JDK.formatted("11", "11"));

        assertThat(run(project.resolve("selfheal")).err()).contains("is Java 11: a JDK 17 or newer is needed");
    }

    @Test
    void shouldSayWhenMavenIsMissing() throws Exception {
        program("java", JDK.formatted("17", "17"));
        program("git", "true");

        assertThat(run(project.resolve("selfheal")).err()).contains("no mvn on the PATH");
    }

    @Test
    void shouldSayWhenMavenIsTooOld() throws Exception {
        tools("3.6.3", "true");

        assertThat(run(project.resolve("selfheal")).err()).contains("Maven 3.6.3: 3.8 or newer is needed");
    }

    @Test
    void shouldBuildOnceAndPassArgumentsAndFolderThrough() throws Exception {
        tools("3.8.7", builds());
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a project", "selfheal"));

        Run first = run(link, "heal", "--repo", "a b");
        Run second = run(link, "demo");

        assertThat(first.err()).contains("built in");
        assertThat(first.out())
                .startsWith(folder.toRealPath() + "|")
                .endsWith("dev.selfheal.standalone.cli.SelfhealMain|heal|--repo|a b|");
        assertThat(second.err()).isEmpty();
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewer() throws Exception {
        tools("3.8.7", builds());
        run(project.resolve("selfheal"));
        Path source = Files.writeString(project.resolve("common/src/main/java/A.java"), "class A {}");
        Files.setLastModifiedTime(
                source,
                FileTime.fromMillis(Files.getLastModifiedTime(project.resolve(".selfheal/built"))
                                .toMillis()
                        + 2_000));

        assertThat(run(project.resolve("selfheal")).err()).contains("built in");
    }

    @Test
    void shouldShowTheEndOfMavensOutputWhenTheBuildFails() throws Exception {
        tools("3.8.7", "echo 'cannot find symbol'; exit 1");

        Run failed = run(project.resolve("selfheal"));

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("the build failed", "cannot find symbol");
        assertThat(project.resolve(".selfheal/build.lock")).doesNotExist();
        assertThat(run(project.resolve("selfheal")).exitCode()).isEqualTo(1);
    }

    @Test
    void shouldTakeOverALockWhoseOwnerIsGone() throws Exception {
        tools("3.8.7", builds());
        Path lock = Files.createDirectories(project.resolve(".selfheal/build.lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), Long.toString(gone.pid()));

        assertThat(run(project.resolve("selfheal")).exitCode()).isZero();
    }

    private String builds() {
        return "mkdir -p '" + project.resolve("deploy/standalone/target/lib") + "'";
    }

    private void tools(String mavenVersion, String build) throws IOException {
        program("java", JDK.formatted("17", "17"));
        program("git", "true");
        program("mvn", MAVEN.formatted(mavenVersion, build));
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!" + which("bash") + "\n" + body);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Path which(String tool) {
        return List.of("/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin").stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private Run run(Path script, String... arguments) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(which("bash").toString(), script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", bin.toString());
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        int code = process.waitFor();
        return new Run(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
