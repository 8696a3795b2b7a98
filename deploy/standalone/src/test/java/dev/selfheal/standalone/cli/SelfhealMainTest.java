package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.standalone.repository.GitFixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command says before it brings anything up. */
class SelfhealMainTest {

    @TempDir
    private Path temp;

    private final StringWriter errors = new StringWriter();

    @Test
    void shouldEndWithUsageWhenOptionsAreMissingOrExclude() {
        assertThat(run("heal", "--repo", ".")).isEqualTo(ExitCode.USAGE);
        assertThat(run("heal", "--repo", ".", "--test", "a.B#c", "--stacktrace", "f"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("heal", "--repo", ".", "--test", "a.B#c", "--timeout", "soon"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("write 90s, 5m, 1h");
        assertThat(run("nonsense")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldNameTheCaseThatDoesNotExist() {
        assertThat(run("demo", "--case", "nowhere-1")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("nowhere-1").contains("--list");
    }

    @Test
    void shouldSayWhatIsMissingInOneLineWhenThereIsNothingToHeal() throws Exception {
        GitFixture git = GitFixture.in(temp.resolve("shop")).write("a", "a");
        git.commit();
        assertThat(run("heal", "--repo", git.root().toString(), "--test", "a.B#c"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("has no pom.xml");
        assertThat(run("heal", "--repo", temp.resolve("gone").toString(), "--test", "a.B#c"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString().strip().lines()).hasSize(2);
    }

    @Test
    void shouldNotVerifyWhatIsNoAttestation() throws Exception {
        Path key = Files.writeString(temp.resolve("key.pem"), "no key");
        Path file = Files.writeString(temp.resolve("a.json"), "{}");
        assertThat(run("verify", file.toString(), "--key", key.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString())
                .contains("key.pem holds no Ed25519 public key")
                .contains("BEGIN PUBLIC KEY");
        assertThat(run(
                        "verify",
                        file.toString(),
                        "--key",
                        temp.resolve("gone.pem").toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("gone.pem");
    }

    @Test
    void shouldRefuseAnUnwritableResultBeforeHealing() throws Exception {
        String nowhere = temp.resolve("nowhere").resolve("x.json").toString();
        String project = project();
        for (String option : List.of("--out", "--sarif", "--public-key")) {
            assertThat(run("heal", "--repo", project, "--test", "a.B#c", option, nowhere))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(errors.toString()).contains(option + ": " + nowhere + " cannot be written");
        }
    }

    @Test
    void shouldSayInWordsThatATextIsNoStackTrace() throws Exception {
        Path text = Files.writeString(temp.resolve("trace.txt"), "it does not work\n");
        assertThat(run("heal", "--repo", project(), "--stacktrace", text.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("trace.txt holds no stack trace").doesNotContain("{");
    }

    private String project() throws Exception {
        GitFixture git = GitFixture.in(temp.resolve("project")).write("pom.xml", "<project/>");
        git.commit();
        return git.root().toString();
    }

    private int run(String... arguments) {
        CommandLine command = SelfhealMain.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments);
    }
}
