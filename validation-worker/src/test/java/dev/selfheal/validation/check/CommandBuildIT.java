package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CommandBuild;
import dev.selfheal.event.CommandRunner;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.event.Reproduction;
import dev.selfheal.event.SourceRepository;
import dev.selfheal.event.StackFrame;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.KnownResults;
import dev.selfheal.validation.command.CommandSuite;
import dev.selfheal.validation.edit.GitTree;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.SandboxConfig;
import dev.selfheal.validation.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python with pytest and Node with its test runner, in the real sandbox. */
class CommandBuildIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String PYTHON_BUG = "    return sum(price for price in prices)";
    private static final String PYTHON_FIX = "    return sum(price for price in prices if price is not None)";
    private static final String NODE_BUG = "  return prices.map((price) => price.cents).reduce((a, b) => a + b, 0);";
    private static final String NODE_FIX =
            "  return prices.filter(Boolean).map((price) => price.cents).reduce((a, b) => a + b, 0);";

    /** Loads every test file into this one process: it may start no other. */
    private static final String LOAD = "(async () => { for (const file of process.argv.slice(1))"
            + " await import(require('node:url').pathToFileURL(file)); })()";

    @TempDir
    private static Path temp;

    private static Sandbox sandbox;
    private static CommandTestsCheck check;
    private static Project python;
    private static Project node;

    /** A project and how it is patched: the file's second line is the bug. */
    private record Project(Path root, String file, String bug, SourceRepository source, ErrorEvent event) {}

    @BeforeAll
    static void open() throws Exception {
        sandbox = Sandboxes.open(
                SandboxConfig.defaults().withStateDirectory(Files.createDirectory(temp.resolve("state"))));
        check = new CommandTestsCheck(new CommandSuite(sandbox), TIMEOUT);
        python = python(temp.resolve("python"));
        node = node(temp.resolve("node"));
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void shouldProveAFixOfAPythonProject() throws Exception {
        assumePytest();
        Trial trial = trial(python, PYTHON_FIX);
        CheckReport report = run(trial);
        assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.PASSED);
        assertThat(trial.reproduction().proves()).isTrue();
        assertThat(trial.tests().run()).isEqualTo(3);
        assertThat(trial.tests().knownFailures()).isEqualTo(1);
    }

    @Test
    void shouldProveAFixOfANodeProject() throws Exception {
        assumeNode();
        Trial trial = trial(node, NODE_FIX);
        CheckReport report = run(trial);
        assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.PASSED);
        assertThat(trial.reproduction().proves()).isTrue();
        assertThat(trial.tests().run()).isEqualTo(2);
    }

    @Test
    void shouldRefuteAPythonPatchThatBreaksAnotherTest() throws Exception {
        assumePytest();
        assertRefuted(run(trial(python, "    return 3")), "SH-TESTS-FAIL");
    }

    @Test
    void shouldRefuteANodePatchThatDoesNotHelp() throws Exception {
        assumeNode();
        assertRefuted(run(trial(node, NODE_BUG + " // better")), "SH-REPRO-FAILS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    import sys; sys.exit(0)",
                "    import sys; sys.modules['cart'].total = 3; return 3",
                "    import atexit; atexit.register(lambda: open('/proc/self/fd/3', 'w').write("
                        + "'<testsuites><testcase classname=\"tests.test_cart\" name=\"test_missing\"/></testsuites>'));"
                        + " return 3",
                "    import _pytest.runner as r; r.CallInfo.from_call = classmethod(lambda c, f, when, reraise=None:"
                        + " r.__dict__['real'](lambda: None, when)) if not r.__dict__.setdefault('real',"
                        + " r.CallInfo.from_call) else 0; return 3"
            })
    void shouldNotBelieveAForgedPassInPython(String line) throws Exception {
        assumePytest();
        CheckReport report = run(trial(python, line));
        assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  process.exit(0);",
                "  require('node:fs').writeSync(3, '<testsuites/>'); process.exit(0);",
                "  require('node:assert').strictEqual = () => {}; return 3;",
                "  process.on('exit', () => require('node:fs').writeFileSync('/proc/self/fd/3', 'x')); return 3;"
            })
    void shouldNotBelieveAForgedPassInNode(String line) throws Exception {
        assumeNode();
        CheckReport report = run(trial(node, line));
        assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.FAILED);
    }

    @Test
    void shouldLetACommandReachNeitherTheHostNorItsNetworkNorProcesses() throws Exception {
        assumePytest();
        Path secret = Files.writeString(temp.resolve("secret"), "not for inmates");
        CheckReport report = run(trial(
                python,
                "    for attempt in (",
                "        \"open('" + secret + "')\",",
                "        \"__import__('socket').create_connection(('192.0.2.1', 80), 1)\",",
                "        \"__import__('subprocess').run(['/bin/true'])\",",
                "        \"__import__('os').environ['PATH']\",",
                "        \"open('cart.py', 'w')\"):",
                "        try:",
                "            eval(attempt)",
                "            return 3",
                "        except Exception: pass",
                PYTHON_FIX));
        assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.PASSED);
    }

    @Test
    void shouldAskAPersonWhereOnlyTheTextIsSearched() throws Exception {
        CheckReport report = risk(python, PYTHON_FIX);
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.getRuleId()).isEqualTo("SH-TEXT-ONLY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"    import os; os.system('x')", "    eval('1')", "    import sys; sys.exit()"})
    void shouldRefuteWhatReachesForMoreThanAFixNeeds(String line) throws Exception {
        assertThat(risk(python, line).outcome()).isEqualTo(CheckOutcome.FAILED);
    }

    @Test
    void shouldRefuteAPatchOfTheTests() throws Exception {
        CandidatePatch patch = Proposals.candidate(
                Proposals.edit("tests/test_cart.py", new byte[0], 1, List.of("import cart"), List.of("import cart2")));
        assertRefuted(new PolicyCheck().run(trial(python, patch)), "SH-POLICY-TEST");
    }

    private static CheckReport risk(Project project, String line) throws Exception {
        Trial trial = trial(project, line);
        assertThat(new PolicyCheck().run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        new AppliesCheck((repository, commit, changes) -> "tree").run(trial);
        return new TextRiskCheck().run(trial);
    }

    private static CheckReport run(Trial trial) throws Exception {
        CheckReport applies = new AppliesCheck((repository, commit, changes) -> "tree").run(trial);
        assertThat(applies.outcome()).as(applies.toString()).isEqualTo(CheckOutcome.PASSED);
        return check.run(trial);
    }

    private static void assertRefuted(CheckReport report, String rule) {
        assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.FAILED);
        assertThat(report.findings())
                .as(report.toString())
                .anyMatch(finding -> finding.getRuleId().equals(rule));
    }

    private static Trial trial(Project project, String... after) throws IOException {
        byte[] base = Files.readAllBytes(project.root().resolve(project.file()));
        return trial(
                project,
                Proposals.candidate(Proposals.edit(project.file(), base, 2, List.of(project.bug()), List.of(after))));
    }

    private static Trial trial(Project project, CandidatePatch candidate) throws IOException {
        HealingPolicy policy = HealingPolicy.newBuilder(Proposals.policy(project.source()))
                .setAutonomy(AutonomyPolicy.newBuilder()
                        .setAllowedPaths(List.of("**"))
                        .build())
                .build();
        Baseline baseline = new Baseline(
                Trials.COMMIT, project.root(), GitTree.list(project.root()), List.of(), Map.of(), new KnownResults());
        return new Trial(
                new ValidationJob(
                        Proposals.proposal("p", Trials.COMMIT, project.event(), candidate),
                        policy,
                        Trials.COMMIT,
                        baseline,
                        Deadline.in(Duration.ofMinutes(2), Clock.systemUTC())),
                candidate);
    }

    private static Project python(Path root) throws Exception {
        write(root, "cart.py", "def total(prices):\n" + PYTHON_BUG + "\n");
        write(root, "tests/test_cart.py", """
                import cart


                def test_missing():
                    assert cart.total([1, None, 2]) == 3


                def test_total():
                    assert cart.total([1, 1]) == 2


                def test_known():
                    assert cart.total([1]) == 5
                """);
        List<String> places = probe("python3", "-c", "import sys; print(sys.executable, sys.base_prefix)");
        List<String> tools = new ArrayList<>();
        String program = "/nowhere/python3";
        if (!places.isEmpty()) {
            program = Path.of(places.get(0)).toRealPath().toString();
            tools.add(program);
            tools.addAll(pythonFolders());
        }
        return new Project(
                root,
                "cart.py",
                PYTHON_BUG,
                source(
                        CommandRunner.PYTEST,
                        List.of(program, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml={report}"),
                        tools,
                        "tests/**"),
                event("TypeError", "total", "tests.test_cart#test_missing"));
    }

    /** The standard library and what pytest consists of. */
    private static List<String> pythonFolders() throws Exception {
        return probe(
                "python3",
                "-c",
                "import os, pytest, sysconfig as s; p = s.get_paths(); v = s.get_config_var;"
                        + " print(p['stdlib'], p['platlib'], os.path.dirname(os.path.dirname(pytest.__file__)),"
                        + " os.path.join(v('LIBDIR'), v('INSTSONAME')))");
    }

    private static Project node(Path root) throws Exception {
        write(root, "cart.js", "exports.total = (prices) => {\n" + NODE_BUG + "\n};\n");
        write(root, "test/cart.test.js", """
                const test = require("node:test");
                const assert = require("node:assert");
                const { total } = require("../cart.js");

                test("missing", () => assert.strictEqual(total([{ cents: 1 }, null, { cents: 2 }]), 3));

                test("total", () => assert.strictEqual(total([{ cents: 1 }, { cents: 1 }]), 2));
                """);
        List<String> places = probe("node", "-p", "process.execPath");
        String program = places.isEmpty() ? "/nowhere/node" : places.get(0);
        return new Project(
                root,
                "cart.js",
                NODE_BUG,
                source(
                        CommandRunner.NODE,
                        List.of(
                                program,
                                "--test-reporter=junit",
                                "--test-reporter-destination={report}",
                                "-e",
                                LOAD,
                                "{tests}"),
                        places,
                        "test/**"),
                event("TypeError", "total", "test#missing"));
    }

    private static SourceRepository source(
            CommandRunner runner, List<String> command, List<String> tools, String tests) {
        return SourceRepository.newBuilder()
                .setUrl("https://git.example.org/cart")
                .setBuild("command")
                .setCommand(CommandBuild.newBuilder()
                        .setCommand(command)
                        .setRunner(runner)
                        .setTools(tools)
                        .setTests(List.of(tests))
                        .build())
                .build();
    }

    private static ErrorEvent event(String type, String function, String selector) {
        StackFrame frame = new StackFrame("cart", function, "cart", 2, true);
        return ErrorEvent.newBuilder(Proposals.reproducible())
                .setExceptions(List.of(ExceptionInfo.newBuilder()
                        .setType(type)
                        .setFrames(List.of(frame))
                        .build()))
                .setReproduction(Reproduction.newBuilder().setSelector(selector).build())
                .build();
    }

    private static void assumePytest() throws Exception {
        assumeTrue(
                !probe("python3", "-c", "import pytest; print(1)").isEmpty(), "python3 with pytest is not installed");
    }

    private static void assumeNode() throws Exception {
        assumeTrue(
                probe("node", "-p", "+process.versions.node.split('.')[0] >= 20")
                        .contains("true"),
                "node 20 is not installed");
    }

    /** The words a program prints; none when it cannot be run. */
    private static List<String> probe(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
            return ended ? List.of(text.strip().split("\\s+")) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void write(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
