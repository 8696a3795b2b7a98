package dev.selfheal.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.ingest.draft.InvalidEventException;
import dev.selfheal.ingest.draft.Limits;
import dev.selfheal.ingest.grouping.InAppPackages;
import dev.selfheal.ingest.json.JsonEventParser;
import dev.selfheal.ingest.publish.EventAssembler;
import dev.selfheal.scrub.ScrubCount;
import dev.selfheal.scrub.Scrubber;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "java.lang.IllegalStateException: no item 17 for jo@example.org\\n"
            + "\\tat org.example.Cart.find(Cart.java:42)\\n\\tat org.example.Main.main(Main.java:1)\\n";
    private static final String ERROR = "{\"service\":\"cart\",\"stacktrace\":\"" + TRACE + "\"}";

    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void shouldPrintTheGroupAndItsParts() throws IOException {
        assertThat(run(file(ERROR + "\n"))).isEqualTo(ExitCode.OK);
        JsonNode parts = lines().get(0);
        assertThat(parts.path("group").asText())
                .startsWith(parts.path("version").asText() + ":");
        assertThat(parts.path("service").asText()).isEqualTo("cart");
        assertThat(parts.path("type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(parts.path("frame").asText()).isEqualTo("org.example.Cart.find");
        assertThat(parts.path("message").asText()).isEqualTo("no item <num> for [scrubbed:email]");
        assertThat(parts.path("variant").asText()).matches("[0-9a-f]{16}");
        assertThat(parts.path("platform").asText()).isEqualTo("java");
        assertThat(errors.toString()).isEmpty();
    }

    @Test
    void shouldGiveTheKeyOfThePublishedEvent() throws IOException, InvalidEventException {
        run(file(ERROR));

        byte[] utf8 = ERROR.getBytes(StandardCharsets.UTF_8);
        ErrorEvent published = new EventAssembler(InAppPackages.parse(List.of()), new Scrubber(List.of()))
                .assemble(
                        new JsonEventParser(Limits.DEFAULT)
                                .parse(utf8, 0, utf8.length)
                                .draft(),
                        Instant.EPOCH,
                        new ScrubCount());
        assertThat(lines().get(0).path("group").asText()).isEqualTo(published.getGroup());
        assertThat(lines().get(0).path("variant").asText()).isEqualTo(published.getVariant());
    }

    @Test
    void shouldAnswerABadLineInItsPlaceAndGoOn() throws IOException {
        Path file = file(ERROR + "\nnot json\n\n{\"service\":\"cart\"}\n" + ERROR + "\n");

        assertThat(run(file)).isEqualTo(ExitCode.USAGE);
        assertThat(lines()).hasSize(4);
        assertThat(lines().get(1).path("line").asInt()).isEqualTo(2);
        assertThat(lines().get(1).path("error").path("code").asText()).isEqualTo("MALFORMED");
        assertThat(lines().get(2).path("line").asInt()).isEqualTo(4);
        assertThat(lines().get(2).path("error").path("field").asText()).isEqualTo("/exceptions");
        assertThat(lines().get(3)).isEqualTo(lines().get(0));
        assertThat(errors.toString().lines()).hasSize(3);
        assertThat(errors.toString()).contains(file + ":4: /exceptions is missing", "2 of 4 lines are no errors");
    }

    @Test
    void shouldNameIgnoredFieldsAndNoteTracesWithoutAFrame() throws IOException {
        String typo = ERROR.replace("{\"service\"", "{\"sevrity\":\"high\",\"service\"");

        assertThat(run(file(ERROR + "\n" + typo + "\n{\"service\":\"cart\",\"stacktrace\":\"a.Oops: no\"}\n")))
                .isEqualTo(ExitCode.OK);
        assertThat(lines().get(0).has("ignored")).isFalse();
        assertThat(lines().get(0).has("notes")).isFalse();
        assertThat(lines().get(1).path("ignored")).isEqualTo(JSON.readTree("[\"/sevrity\"]"));
        assertThat(lines().get(2).at("/notes/0/field").asText()).isEqualTo("/stacktrace");
    }

    @Test
    void shouldTellOnlyTheFirstOfManyBadLines() throws IOException {
        assertThat(run(file("x\n".repeat(1_000)))).isEqualTo(ExitCode.USAGE);
        assertThat(lines()).hasSize(1_000);
        assertThat(errors.toString().lines()).hasSize(21);
    }

    @Test
    void shouldRefuseALineThatIsTooLongWithoutReadingItWhole() throws IOException {
        Path file = file("{\"service\":\"" + "x".repeat(3 << 20) + "\"}\n" + ERROR + "\r\n");

        assertThat(run(file)).isEqualTo(ExitCode.USAGE);
        assertThat(lines().get(0).path("error").path("code").asText()).isEqualTo("TOO_LARGE");
        assertThat(lines().get(1).has("group")).isTrue();
    }

    @Test
    void shouldUseTheGivenPackages() throws IOException {
        Path file = file(ERROR.replace("org.example.Main", "org.acme.Main"));

        run(file, "--in-app", "cart=org.acme,pay=org.example");
        assertThat(lines().get(0).path("frame").asText()).isEqualTo("org.acme.Main.main");
    }

    @Test
    void shouldRefuseAPackageOfNoService() throws IOException {
        assertThat(run(file(ERROR), "--in-app", "=org.acme")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--in-app").contains("=org.acme");
    }

    @Test
    void shouldGroupByTheServicesPolicy() throws IOException {
        String other = ERROR.replace("\"cart\"", "\"pay\"");
        Path policy = write(
                "cart.json",
                "{\"service\":\"cart\",\"inAppPackages\":[\"org.acme\"],"
                        + "\"grouping\":{\"messagePatterns\":[\"item [0-9]+ for\"]}}");
        Path file = file((ERROR + "\n" + other + "\n").replace("org.example.Main", "org.acme.Main"));

        assertThat(run(file, "--policy", policy.toString(), "--in-app", "org.example"))
                .isEqualTo(ExitCode.OK);
        assertThat(lines().get(0).path("frame").asText()).isEqualTo("org.acme.Main.main");
        assertThat(lines().get(0).path("message").asText()).doesNotContain("item");
        assertThat(lines().get(1).path("frame").asText()).isEqualTo("org.example.Cart.find");
        assertThat(lines().get(1).path("message").asText()).contains("item");
    }

    @Test
    void shouldRefuseTwoPoliciesOfOneService() throws IOException {
        String policy = write("cart.json", "{\"service\":\"cart\"}").toString();

        assertThat(run(file(ERROR), "--policy", policy, "--policy", policy)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("second", "cart");
    }

    @ParameterizedTest
    @CsvSource({
        "{}, /service",
        "{\"service\":\"cart\"%\"gruping\":{}}, /gruping",
        "nonsense, not valid JSON at column 1",
        "{\"service\":\"cart\"%\"grouping\":{\"messagePatterns\":[\"(\"]}}, /grouping/messagePatterns"
    })
    void shouldRefuseAPolicyThatTheIntakeCouldNotUse(String policy, String told) throws IOException {
        Path file = write("policy.json", policy.replace('%', ','));

        assertThat(run(file(ERROR), "--policy", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--policy: " + file, told);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldTakeTheServicesOfTheProject() throws IOException {
        Path projects = projects("7");
        Path file = file(
                ERROR + "\n" + ERROR.replace("cart", "Pay Desk") + "\n" + ERROR.replace("\"service\":\"cart\",", ""));

        assertThat(run(file, "--projects", projects.toString())).isEqualTo(ExitCode.OK);
        assertThat(lines().stream().map(line -> line.path("service").asText())).containsExactly("cart", "pay", "shop");
    }

    @Test
    void shouldTakeThePolicyOfTheServiceThatTheProjectMeans() throws IOException {
        Path policy = write("pay.json", "{\"service\":\"pay\",\"inAppPackages\":[\"org.acme\"]}");
        Path file = file(ERROR.replace("cart", "Pay Desk").replace("org.example.Main", "org.acme.Main"));

        run(file, "--projects", projects("7").toString(), "--policy", policy.toString());
        assertThat(lines().get(0).path("frame").asText()).isEqualTo("org.acme.Main.main");
    }

    @Test
    void shouldAskWhichProjectWhenThereAreSeveral() throws IOException {
        String projects = projects("7", "8").toString();
        Path file = file(ERROR);

        assertThat(run(file, "--projects", projects)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--project is missing", "7, 8");
        assertThat(run(file, "--projects", projects, "--project", "9")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("has no '9'");
        assertThat(run(file, "--projects", projects, "--project", "8")).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldRefuseAProjectWithoutTheProjects() throws IOException {
        assertThat(run(file(ERROR), "--project", "7")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--projects");
    }

    @Test
    void shouldRefuseProjectsThatTheIntakeWouldNotStartWith() throws IOException {
        Path projects = write("projects.json", "{\"projects\":[{\"id\":\"7\"}]}");

        assertThat(run(file(ERROR), "--projects", projects.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--projects: project '7' has no key");
    }

    @Test
    void shouldSayWhenTheFileIsNotThere() {
        assertThat(run(temp.resolve("none"))).isEqualTo(ExitCode.FAILURE);
        assertThat(errors.toString().strip())
                .startsWith("selfheal: cannot read")
                .hasLineCount(1);
    }

    @Test
    void shouldPrintNothingForAnEmptyFile() throws IOException {
        assertThat(run(file("\n \n"))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEmpty();
    }

    private Path file(String text) throws IOException {
        return write("errors.ndjson", text);
    }

    /** Each with the service {@code shop}, to which {@code Pay Desk} is {@code pay}. */
    private Path projects(String... ids) throws IOException {
        String projects = Stream.of(ids)
                .map(id -> "{\"id\":\"" + id + "\",\"keys\":[\"a-key-of-" + id
                        + "\"],\"service\":\"shop\",\"services\":{\"Pay Desk\":\"pay\"}}")
                .collect(Collectors.joining(","));
        return write("projects.json", "{\"projects\":[" + projects + "]}");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }

    private int run(Path file, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "group";
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return SelfhealMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
