package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that a service would refuse are refused before anything starts. */
class UpCommandTest {

    @TempDir
    private Path temp;

    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--models, model.local.name=m, models.routes",
        "--models, models.routes=local, model.local",
        "--models, '', names no route",
        "--projects, '{\"projects\":[{\"id\":\"7\"}]}', project '7' has no key",
        "--projects, nonsense, not valid JSON at column 1",
        "--policy, '{\"service\":\"shop\"}', /source/url"
    })
    void shouldRefuseAFileThatAServiceWouldRefuse(String option, String content, String told) throws IOException {
        Path file = Files.writeString(temp.resolve("file"), content);

        assertThat(run(option, file)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains(option + ":", told).hasLineCount(1);
        assertThat(temp.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"--models", "--projects", "--policy"})
    void shouldRefuseAFileThatIsNotThere(String option) {
        assertThat(run(option, temp.resolve("none"))).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains(option + ":", "none").hasLineCount(1);
    }

    @Test
    void shouldNameItsOptionsAsTheOtherCommandsDo() {
        StringWriter out = new StringWriter();
        SelfhealMain.commandLine().setOut(new PrintWriter(out)).execute("up", "--help");

        assertThat(out.toString()).contains("--models=FILE", "--projects=FILE", "--json-topic", "--policy=FILE");
    }

    private int run(String option, Path file) {
        return SelfhealMain.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute("up", "--data", temp.resolve("data").toString(), option, file.toString());
    }
}
