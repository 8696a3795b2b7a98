package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.HealingPolicy;
import dev.selfheal.validation.CommandProject;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.KnownResults;
import dev.selfheal.validation.command.CommandSuite;
import dev.selfheal.validation.edit.GitTree;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.SandboxConfig;
import dev.selfheal.validation.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python with pytest and Node with its test runner, in the real sandbox. */
class CommandBuildIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    private static Path temp;

    private static Sandbox sandbox;
    private static CommandTestsCheck check;
    private static CommandProject python;
    private static CommandProject node;

    @BeforeAll
    static void open() throws Exception {
        sandbox = Sandboxes.open(
                SandboxConfig.defaults().withStateDirectory(Files.createDirectory(temp.resolve("state"))));
        check = new CommandTestsCheck(new CommandSuite(sandbox), TIMEOUT);
        python = CommandProject.python(temp.resolve("python"));
        node = CommandProject.node(temp.resolve("node"));
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void shouldProveAFixOfAPythonProject() throws Exception {
        CommandProject.assumePytest();
        Trial trial = trial(python, CommandProject.PYTHON_FIX);
        CheckReport report = run(trial);
        assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.PASSED);
        assertThat(trial.reproduction().proves()).isTrue();
        assertThat(trial.tests().run()).isEqualTo(3);
        assertThat(trial.tests().knownFailures()).isEqualTo(1);
    }

    @Test
    void shouldProveAFixOfANodeProject() throws Exception {
        CommandProject.assumeNode();
        Trial trial = trial(node, CommandProject.NODE_FIX);
        CheckReport report = run(trial);
        assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.PASSED);
        assertThat(trial.reproduction().proves()).isTrue();
        assertThat(trial.tests().run()).isEqualTo(2);
    }

    @Test
    void shouldRefuteAPythonPatchThatBreaksAnotherTest() throws Exception {
        CommandProject.assumePytest();
        assertRefuted(run(trial(python, "    return 3")), "SH-TESTS-FAIL");
    }

    @Test
    void shouldRefuteANodePatchThatDoesNotHelp() throws Exception {
        CommandProject.assumeNode();
        assertRefuted(run(trial(node, CommandProject.NODE_BUG + " // better")), "SH-REPRO-FAILS");
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
        CommandProject.assumePytest();
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
        CommandProject.assumeNode();
        CheckReport report = run(trial(node, line));
        assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.FAILED);
    }

    @Test
    void shouldLetACommandReachNeitherTheHostNorItsNetworkNorProcesses() throws Exception {
        CommandProject.assumePytest();
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
                CommandProject.PYTHON_FIX));
        assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.PASSED);
    }

    @Test
    void shouldAskAPersonWhereOnlyTheTextIsSearched() throws Exception {
        CheckReport report = risk(python, CommandProject.PYTHON_FIX);
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

    private static CheckReport risk(CommandProject project, String line) throws Exception {
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

    private static Trial trial(CommandProject project, String... after) throws IOException {
        return trial(project, project.patch(after));
    }

    private static Trial trial(CommandProject project, CandidatePatch candidate) throws IOException {
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
}
