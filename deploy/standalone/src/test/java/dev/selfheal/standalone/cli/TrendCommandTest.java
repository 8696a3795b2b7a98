package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrendCommandTest {

    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void shouldPrintOneRowForEachWithTheTimestampAsGiven() throws IOException {
        Path file = file("timestamp,value\r\n\"2014-02-14 14:27\",1\r\n1392388320,\r\n02/14/2014 14:37,3\r\n");

        assertThat(run("--csv", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(lines())
                .containsExactly(
                        "timestamp,score,state",
                        "\"2014-02-14 14:27\",0.000000,NEW",
                        "1392388320,0.000000,NEW",
                        "02/14/2014 14:37,0.000000,NEW");
    }

    @Test
    void shouldLeaveOutTheHeaderWhenAsked() throws IOException {
        assertThat(run("--csv", file("0,1\n").toString(), "--no-header")).isEqualTo(ExitCode.OK);
        assertThat(lines()).containsExactly("0,0.000000,NEW");
    }

    @Test
    void shouldScoreAnAnomalyAboveOneHalfAndNothingElse() throws IOException {
        Path file = file(rows(1000, row -> row == 700 ? 30 : Math.sin(row * 12.9898) * 3));

        assertThat(run("--csv", file.toString(), "--no-header")).isEqualTo(ExitCode.OK);
        List<String> alarms = lines().stream()
                .filter(line -> Double.parseDouble(line.split(",", -1)[1]) >= 0.5)
                .toList();
        assertThat(alarms).singleElement().asString().startsWith("42000,").endsWith(",SPIKING");
    }

    @Test
    void shouldAlarmLaterWhenTheThresholdIsHigher() throws IOException {
        Path file = file(rows(100, row -> row == 90 ? 10 : 2));

        run("--csv", file.toString(), "--model", "counts", "--no-header");
        assertThat(lines().get(90)).endsWith("SPIKING");
        out.getBuffer().setLength(0);
        run("--csv", file.toString(), "--model", "counts", "--no-header", "--threshold", "9");
        assertThat(lines().get(90)).doesNotEndWith("SPIKING");
    }

    @Test
    void shouldNameTheMalformedRowAndKeepWhatWasJudged() throws IOException {
        Path file = file("0,1\n60,2\n120,many\n");

        assertThat(run("--csv", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().strip()).isEqualTo("selfheal: " + file + ":3: 'many' is no number");
        assertThat(lines()).hasSize(3);
    }

    @Test
    void shouldRefuseNegativeCounts() throws IOException {
        Path file = file("0,1\n60,-2\n");

        assertThat(run("--csv", file.toString(), "--model", "counts")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains(":2: -2.0 is no count");
    }

    @Test
    void shouldSayWhatIsWrongWithTheOptions() throws IOException {
        assertThat(run("--csv", temp.resolve("gone.csv").toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("gone.csv");
        assertThat(run("--csv", file("0,1\n").toString(), "--learning", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--learning is out of range: 0");
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(run("--csv", "x", "--model", "guess")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldNameTheOptionThatIsOutOfRange() throws IOException {
        String file = file("0,1\n").toString();
        for (String model : List.of("real", "counts")) {
            assertThat(run("--csv", file, "--model", model, "--threshold", "-1"))
                    .isEqualTo(ExitCode.USAGE);
        }
        assertThat(run("--csv", file, "--model", "counts", "--memory", "5")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().lines())
                .containsExactly(
                        "selfheal: --threshold is out of range: -1.0",
                        "selfheal: --threshold is out of range: -1.0",
                        "selfheal: --memory is out of range: 5");
    }

    @Test
    void shouldSayWhatIsWrongWithTheUsageInOneLine() {
        assertThat(run("--csv", "x", "--nonsense")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--csv", "x", "--ratio", "many")).isEqualTo(ExitCode.USAGE);
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("selfheal: ") && line.endsWith("; see 'selfheal trend --help'"));
    }

    @Test
    void shouldSayThatThereIsNothingToJudge() throws IOException {
        assertThat(run("--csv", file("").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(run("--csv", file("timestamp,value\n\n").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.endsWith("has no rows: nothing was judged"));
    }

    @Test
    void shouldFailWhenItsOutputCannotBeWritten() throws IOException {
        CommandLine command = SelfhealMain.commandLine();
        command.setErr(new PrintWriter(errors, true));
        command.setOut(new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        }));

        assertThat(command.execute("trend", "--csv", file("0,1\n60,2\n").toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString()).contains("not all of the output could be written");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("series.csv"), text);
    }

    private static String rows(int count, java.util.function.IntToDoubleFunction values) {
        return IntStream.range(0, count)
                .mapToObj(row -> row * 60 + "," + values.applyAsDouble(row))
                .collect(Collectors.joining("\n"));
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private int run(String... options) {
        CommandLine command = SelfhealMain.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(errors, true));
        return command.execute(IntStream.range(0, options.length + 1)
                .mapToObj(i -> i == 0 ? "trend" : options[i - 1])
                .toArray(String[]::new));
    }
}
