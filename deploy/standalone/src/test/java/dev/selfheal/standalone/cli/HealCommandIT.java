package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.standalone.BuggyProject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole loop through the command line: a real broker in a child JVM, a real sandbox, a real Maven project. */
class HealCommandIT {

    @TempDir
    private Path temp;

    private final StringWriter errors = new StringWriter();

    @Test
    void shouldHealVerifyAndApplyWhenATemplateMendsTheFault() throws Exception {
        BuggyProject project = BuggyProject.in(temp.resolve("shop"));
        String base = project.commit();
        Path out = temp.resolve("out.json");

        int exit = run(
                "heal",
                "--repo",
                project.root().toString(),
                "--test",
                BuggyProject.FAILING_TEST,
                "--out",
                out.toString(),
                "--apply");

        assertThat(exit).as(errors.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(Files.readAllBytes(out));
        assertThat(report.at("/verdict").asText()).isEqualTo("APPROVED");
        assertThat(report.at("/origin").asText()).isEqualTo("template");
        assertThat(report.at("/evidence/failedBefore").asBoolean()).isTrue();
        assertThat(report.at("/evidence/passedAfter").asBoolean()).isTrue();
        assertThat(report.at("/baseCommit").asText()).isEqualTo(base);
        shouldVerify(report, out, base);
        shouldBeApplied(project, report, base);
    }

    @Test
    void shouldEndExhaustedWhenNothingMendsTheFault() throws Exception {
        BuggyProject project = BuggyProject.in(temp.resolve("shop")).withHopelessFault();
        project.commit();
        Path out = temp.resolve("out.json");

        int exit = run(
                "heal",
                "--repo",
                project.root().toString(),
                "--test",
                BuggyProject.FAILING_TEST,
                "--out",
                out.toString());

        assertThat(exit).as(errors.toString()).isEqualTo(ExitCode.REJECTED);
        JsonNode report = new ObjectMapper().readTree(Files.readAllBytes(out));
        assertThat(report.at("/verdict").asText()).isEqualTo("EXHAUSTED");
        assertThat(report.at("/reason").asText()).isNotEmpty();
        assertThat(project.git().git("branch", "--list", "selfheal/*")).isEmpty();
    }

    @Test
    void shouldSendToReviewWhenThereIsOnlyAStackTrace() throws Exception {
        BuggyProject project = BuggyProject.in(temp.resolve("shop"));
        project.commit();
        Path stackTrace = Files.writeString(temp.resolve("trace.txt"), """
                java.lang.NullPointerException: Cannot invoke "String.length()" because "name" is null
                \tat org.example.shop.Greeting.width(Greeting.java:14)
                \tat org.example.shop.GreetingTest.measuresNobody(GreetingTest.java:25)
                """);

        int exit = run("heal", "--repo", project.root().toString(), "--stacktrace", stackTrace.toString());

        assertThat(exit).as(errors.toString()).isEqualTo(ExitCode.NEEDS_REVIEW);
    }

    @Test
    void shouldFailWithOneClearLineWhenTheRepositoryDoesNotCompile() throws Exception {
        BuggyProject project = BuggyProject.in(temp.resolve("shop")).thatDoesNotCompile();
        project.commit();

        int exit = run("heal", "--repo", project.root().toString(), "--test", BuggyProject.FAILING_TEST);

        assertThat(exit).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("does not compile").contains("Broken.java");
        assertThat(errors.toString().strip().lines().count()).isEqualTo(1);
    }

    @Test
    void shouldSayThatThereIsNothingToHealWhenTheTestPassesOrIsMissing() throws Exception {
        BuggyProject project = BuggyProject.in(temp.resolve("shop"));
        project.commit();

        assertThat(run("heal", "--repo", project.root().toString(), "--test", "org.example.shop.GreetingTest#greets"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("nothing to heal");
        assertThat(run("heal", "--repo", project.root().toString(), "--test", "org.example.shop.GreetingTest#nowhere"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("there is no test");
    }

    private void shouldVerify(JsonNode report, Path out, String base) throws Exception {
        Path key = Files.writeString(
                temp.resolve("key.pem"), report.at("/publicKey").asText());
        Path diff =
                Files.writeString(temp.resolve("fix.diff"), report.at("/diff").asText());
        String[] verify = {"verify", out.toString(), "--key", key.toString(), "--patch", diff.toString(), "--base", base
        };
        assertThat(run(verify)).as(errors.toString()).isZero();
        Files.writeString(diff, report.at("/diff").asText() + " ");
        assertThat(run(verify)).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("DIGEST_MISMATCH");
        List<String> repeated = List.of(
                "/diff",
                "/baseCommit",
                "/verdict",
                "/reason",
                "/service",
                "/case",
                "/group",
                "/origin",
                "/originName",
                "/confidence",
                "/evidence/isolation",
                "/evidence/testsRun",
                "/checks/0/outcome");
        for (String field : repeated) {
            ObjectNode tampered = ((ObjectNode) report).deepCopy();
            int last = field.lastIndexOf('/');
            ((ObjectNode) tampered.at(field.substring(0, last))).put(field.substring(last + 1), "EVIL");
            Path file = Files.writeString(temp.resolve("tampered.json"), tampered.toString());
            assertThat(run("verify", file.toString(), "--key", key.toString()))
                    .as(field)
                    .isEqualTo(ExitCode.FAILURE);
        }
    }

    private static void shouldBeApplied(BuggyProject project, JsonNode report, String base) throws Exception {
        String branch = "selfheal/" + report.at("/case").asText();
        assertThat(project.git().git("rev-parse", branch + "^")).isEqualTo(base);
        assertThat(project.git().git("rev-parse", "main")).isEqualTo(base);
        assertThat(project.git().git("status", "--porcelain")).isEmpty();
        assertThat(project.git().git("diff", base, branch)).contains("+");
    }

    private int run(String... arguments) {
        CommandLine command = SelfhealMain.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments);
    }
}
