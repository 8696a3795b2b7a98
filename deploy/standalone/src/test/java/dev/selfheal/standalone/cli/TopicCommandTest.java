package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicCommandTest {

    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "read __consumer_offsets, is none of our topics",
        "read policies --max 0, --max is 0",
        "read policies --wait 1s, --wait goes with --from latest",
        "read policies --from end, --from",
        "read policies --from newest, with --last N",
        "read policies --last 0, --last is 0",
        "read policies --last 100001, 1 to 100000",
        "read policies --last 5 --max 5, neither --max",
        "read policies --last 5 --from latest, neither --max",
        "read policies --last 5 --wait 1s, --wait goes with --from latest",
        "read, TOPIC",
        "read policies --config none.properties, none.properties"
    })
    void shouldRefuseWrongUsageInOneLine(String arguments, String told) {
        assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().strip()).contains(told).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"list", "read policies"})
    void shouldSayWhichBrokersDoNotAnswer(String arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
        all.addAll(List.of("--config", impatient().toString(), "--bootstrap-servers", "127.0.0.1:1"));

        assertThat(run(all.toArray(String[]::new))).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString().strip()).contains("127.0.0.1:1").hasLineCount(1);
    }

    @Test
    void shouldSayWhenTheBrokersHaveNoAddress() {
        assertThat(run("list", "--kafka", "nonsense")).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString().strip())
                .contains("cannot connect to nonsense")
                .hasLineCount(1);
    }

    private Path impatient() throws IOException {
        return Files.writeString(
                temp.resolve("client.properties"),
                "consumer.default.api.timeout.ms=200\nconsumer.request.timeout.ms=200\n");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("topic"));
        all.addAll(List.of(arguments));
        return SelfhealMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors, true))
                .execute(all.toArray(String[]::new));
    }
}
