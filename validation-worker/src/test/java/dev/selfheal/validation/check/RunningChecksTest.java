package dev.selfheal.validation.check;

import static dev.selfheal.validation.check.ScriptedSandbox.completed;
import static dev.selfheal.validation.check.ScriptedSandbox.failed;
import static dev.selfheal.validation.check.ScriptedSandbox.passed;
import static dev.selfheal.validation.check.ScriptedSandbox.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.baseline.AffectedTests;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.ClassIndex;
import dev.selfheal.validation.baseline.CompiledSources;
import dev.selfheal.validation.baseline.ProjectModule;
import dev.selfheal.validation.baseline.TestHistory;
import dev.selfheal.validation.sandbox.CompileOutcome.Compiled;
import dev.selfheal.validation.sandbox.CompileOutcome.Problem;
import dev.selfheal.validation.sandbox.CompileOutcome.Refused;
import dev.selfheal.validation.sandbox.CompileOutcome.Stopped;
import dev.selfheal.validation.sandbox.Containment;
import dev.selfheal.validation.sandbox.TestJob;
import dev.selfheal.validation.sandbox.TestOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks that use the sandbox, with a sandbox that answers by script. */
class RunningChecksTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String CART = "org/example/Cart.java";
    private static final String CART_TEXT =
            "package org.example; public class Cart { public int total() { return 1; } }";
    private static final String NPE = "java.lang.NullPointerException";
    private static final String TEST = Proposals.REPRODUCTION;
    private static final String OTHER_TEST = "org.example.ShopTest";

    @TempDir
    private Path root;

    private Baseline baseline;
    private final ScriptedSandbox sandbox = new ScriptedSandbox();

    @BeforeEach
    void buildBase() throws Exception {
        Map<String, String> sources = new TreeMap<>();
        sources.put(CART, CART_TEXT);
        sources.put("org/example/Shop.java", "package org.example; class Shop { int a = new Cart().total(); }");
        sources.put(
                "org/example/CartTest.java",
                "package org.example; class CartTest extends junit.framework.TestCase" + " { Cart cart; }");
        sources.put(
                "org/example/ShopTest.java",
                "package org.example; class ShopTest extends junit.framework.TestCase" + " { Cart cart; }");
        sources.put("junit/framework/TestCase.java", "package junit.framework; public class TestCase { }");
        Map<String, byte[]> classes = CompiledSources.compile(sources, root.resolve("scratch"));
        write("target/classes", classes, "org.example.Cart", "org.example.Shop");
        write("target/test-classes", classes, "org.example.CartTest", OTHER_TEST);
        for (String main : List.of(CART, "org/example/Shop.java")) {
            Path file = root.resolve("src/main/java").resolve(main);
            Files.createDirectories(file.getParent());
            Files.writeString(file, sources.get(main) + "\n");
        }
        Files.createDirectories(root.resolve("src/test/java"));
        baseline = Trials.baseline(root);
    }

    @Test
    void shouldProveWhenTheReproductionFailsAsReportedBeforeAndPassesAfter() throws Exception {
        Trial trial = trial();
        sandbox.onTest(before(failed(TEST, NPE, "org.example.Cart.total", "org.example.CartTest.x"), passed(TEST)));
        assertThat(reproduction().run(trial).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(trial.reproduction().proves()).isTrue();
    }

    @Test
    void shouldFindTheReportedErrorAmongTheCauses() throws Exception {
        String trace = """
                java.lang.AssertionError: wrapped
                \tat org.example.CartTest.x(CartTest.java:3)
                Caused by: java.lang.NullPointerException: price
                \tat java.base/java.util.List.of(List.java:1)
                \tat org.example.Cart.lambda$total$0(Cart.java:9)
                \t... 3 more
                """;
        TestOutcome.TestResult wrapped = new TestOutcome.TestResult(
                TEST,
                TestOutcome.Status.FAILED,
                Duration.ZERO,
                Optional.of(new TestOutcome.Failure("java.lang.AssertionError", "wrapped", trace)));
        Trial trial = trial();
        sandbox.onTest(before(wrapped, passed(TEST)));
        reproduction().run(trial);
        assertThat(trial.reproduction().proves()).isTrue();
    }

    @Test
    void shouldNotTakeTheSameExceptionFromElsewhereForTheReportedOne() throws Exception {
        Trial trial = trial();
        sandbox.onTest(before(failed(TEST, NPE, "org.example.Shop.<init>"), passed(TEST)));
        CheckReport report = reproduction().run(trial);
        assertThat(report.outcome()).isEqualTo(CheckOutcome.SKIPPED);
        assertThat(rules(report)).containsExactly("SH-REPRO-NOT-REPRODUCED");
        assertThat(trial.reproduction().proves()).isFalse();
    }

    @Test
    void shouldNotProveWhenTheBasePasses() throws Exception {
        Trial trial = trial();
        sandbox.onTest(before(passed(TEST), passed(TEST)));
        assertThat(rules(reproduction().run(trial))).containsExactly("SH-REPRO-NOT-REPRODUCED");
    }

    @Test
    void shouldRefuteWhenTheReproductionStillFails() throws Exception {
        sandbox.onTest(before(failed(TEST, NPE, "org.example.Cart.total"), failed(TEST, "java.lang.Error")));
        CheckReport report = reproduction().run(trial());
        assertThat(report.outcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(rules(report)).containsExactly("SH-REPRO-FAILS");
    }

    @Test
    void shouldRefuteWhenThePatchMakesTheReproductionNotRun() throws Exception {
        sandbox.onTest(before(failed(TEST, NPE, "org.example.Cart.total"), skipped(TEST)));
        assertThat(rules(reproduction().run(trial()))).containsExactly("SH-REPRO-NOT-RUN");
    }

    @Test
    void shouldRefuteWhenTheTestThatFailedIsGoneAndOthersOfTheSelectorPass() throws Exception {
        sandbox.onTest(job -> job.overrides().isEmpty()
                ? completed(passed(TEST + "[1]"), failed(TEST + "[2]", NPE, "org.example.Cart.total"))
                : completed(passed(TEST + "[1]")));
        CheckReport report = reproduction().run(trial());
        assertThat(rules(report)).containsExactly("SH-REPRO-NOT-RUN");
        assertThat(report.summary()).contains(TEST + "[2]", "no longer reported");
    }

    @Test
    void shouldRefuteWhenTheTestThatFailedIsSkippedAndOthersOfTheSelectorPass() throws Exception {
        sandbox.onTest(job -> job.overrides().isEmpty()
                ? completed(passed(TEST + "[1]"), failed(TEST + "[2]", NPE, "org.example.Cart.total"))
                : completed(passed(TEST + "[1]"), skipped(TEST + "[2]")));
        Trial trial = trial();
        CheckReport report = reproduction().run(trial);
        assertThat(report.outcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(report.summary()).contains(TEST + "[2]", "is skipped");
        assertThat(trial.reproduction().proves()).isFalse();
    }

    @Test
    void shouldProveWhenAFactoryThatFailedAsAWholeNowGivesPassingTests() throws Exception {
        Trial trial = trial();
        sandbox.onTest(job -> job.overrides().isEmpty()
                ? completed(failed(TEST, NPE, "org.example.Cart.total"))
                : completed(passed(TEST + "[1]"), passed(TEST + "[2]")));
        reproduction().run(trial);
        assertThat(trial.reproduction().proves()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Containment.Kind.class,
            names = {"TIMEOUT", "LIMIT", "DIED", "FORGED"})
    void shouldRefuteAndRememberWhenTheReproductionIsStopped(Containment.Kind kind) throws Exception {
        Trial trial = trial();
        sandbox.onTest(job -> job.overrides().isEmpty()
                ? completed(failed(TEST, NPE, "org.example.Cart.total"))
                : new TestOutcome.Stopped(new Containment(kind, "seen")));
        CheckReport report = reproduction().run(trial);
        assertThat(report.outcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(rules(report)).containsExactly("SH-SANDBOX-" + kind);
        assertThat(trial.containments()).hasSize(1);
    }

    @Test
    void shouldNotBlameThePatchWhenTheSandboxIsAway() throws Exception {
        sandbox.onTest(job -> new TestOutcome.Stopped(new Containment(Containment.Kind.UNAVAILABLE, "no bwrap")));
        assertThat(reproduction().run(trial()).outcome()).isEqualTo(CheckOutcome.ERROR);
    }

    @Test
    void shouldCountOnlyNewFailures() throws Exception {
        String test = "org.example.CartTest";
        Trial trial = trial();
        sandbox.onTest(job -> job.overrides().isEmpty()
                ? completed(passed(test + "#a"), failed(test + "#b", "X"), passed(test + "#c"))
                : completed(passed(test + "#a"), failed(test + "#b", "Y"), passed(test + "#c")));
        CheckReport report = tests().run(trial);
        assertThat(report.outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(trial.tests()).isEqualTo(new TestEvidence(3, 3, 2, 1, 0));
    }

    @Test
    void shouldRefuteWhenATestNewlyFailsOrVanishesIntoASkip() throws Exception {
        String test = "org.example.CartTest";
        sandbox.onTest(job -> job.overrides().isEmpty()
                ? completed(passed(test + "#a"), passed(test + "#b"))
                : completed(failed(test + "#a", "X"), skipped(test + "#b")));
        CheckReport report = tests().run(trial());
        assertThat(report.outcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(rules(report)).containsExactly("SH-TESTS-FAIL", "SH-TESTS-SKIPPED");
    }

    @Test
    void shouldRefuteWhenATestIsNoLongerReported() throws Exception {
        String test = "org.example.CartTest";
        sandbox.onTest(job -> job.overrides().isEmpty()
                ? completed(passed(test + "#a"), passed(test + "#b"))
                : completed(passed(test + "#a")));
        assertThat(rules(tests().run(trial()))).containsExactly("SH-TESTS-MISSING");
    }

    @Test
    void shouldLeaveOutTestsThatCannotRunOnTheBase() throws Exception {
        sandbox.onTest(job -> new TestOutcome.Stopped(new Containment(Containment.Kind.TIMEOUT, "slow")));
        CheckReport report = tests().run(trial());
        assertThat(report.outcome()).isEqualTo(CheckOutcome.SKIPPED);
        assertThat(rules(report)).containsOnly("SH-TESTS-UNUSABLE");
        assertThat(sandbox.tested).allMatch(job -> job.overrides().isEmpty());
    }

    @Test
    void shouldWarnAboutEveryTestThatCannotRunOnTheBase() throws Exception {
        sandbox.onTest(job -> job.selectors().contains(OTHER_TEST)
                ? new TestOutcome.Stopped(new Containment(Containment.Kind.LIMIT, "512 MiB"))
                : completed(passed("org.example.CartTest#a")));
        Trial trial = trial();
        CheckReport report = tests().run(trial);
        assertThat(report.outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.getLevel()).isEqualTo(FindingLevel.WARNING);
            assertThat(finding.getMessage()).contains(OTHER_TEST, "512 MiB");
        });
    }

    @Test
    void shouldNotPassTheAffectedTestsWhenTheSandboxIsAwayOnTheBase() throws Exception {
        sandbox.onTest(job -> new TestOutcome.Stopped(new Containment(Containment.Kind.UNAVAILABLE, "no bwrap")));
        assertThat(tests().run(trial()).outcome()).isEqualTo(CheckOutcome.ERROR);
        sandbox.onTest(job -> completed(passed("org.example.CartTest#a"), passed(OTHER_TEST + "#b")));
        assertThat(tests().run(trial()).outcome()).isEqualTo(CheckOutcome.PASSED);
    }

    @Test
    void shouldGiveTheBaseItsWholeTimeHoweverLittleTheProposalHasLeft() throws Exception {
        sandbox.onTest(job -> completed(passed("org.example.CartTest#a"), passed(OTHER_TEST + "#b")));
        tests().run(trial(Duration.ofSeconds(1)));
        assertThat(sandbox.tested).extracting(TestJob::timeout).first().isEqualTo(TIMEOUT);
        assertThat(sandbox.tested.get(1).timeout()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldAskAPersonAndRememberNothingWhenTheTimeWasUpBeforeTheBaseRan() throws Exception {
        sandbox.onTest(job -> completed(passed("org.example.CartTest#a"), passed(OTHER_TEST + "#b")));
        CheckReport late = tests().run(trial(Duration.ZERO));
        assertThat(rules(late)).contains("SH-TESTS-UNUSABLE");
        assertThat(sandbox.tested).isEmpty();
        assertThat(tests().run(trial()).findings()).isEmpty();
    }

    @Test
    void shouldLeaveOutANewFailureWhenTheBaseFailsNowAndThenToo() throws Exception {
        String test = "org.example.CartTest#a";
        Trial trial = trial();
        sandbox.onTest(job -> job.overrides().isEmpty() && onBase().size() != 3
                ? completed(passed(test))
                : completed(failed(test, "X")));
        CheckReport report = tests().run(trial);
        assertThat(report.outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(rules(report)).contains("SH-TESTS-FLAKY");
        assertThat(trial.flaky()).containsEntry(test, new TestHistory(4, 1));
        assertThat(trial.tests().newFailures()).isZero();
    }

    @Test
    void shouldRefuteWhenTheBasePassesEveryTime() throws Exception {
        String test = "org.example.CartTest#a";
        sandbox.onTest(job -> job.overrides().isEmpty() ? completed(passed(test)) : completed(failed(test, "X")));
        CheckReport report = tests().run(trial());
        assertThat(rules(report)).containsExactly("SH-TESTS-FAIL");
        assertThat(onBase()).hasSize(5);
    }

    @Test
    void shouldNotRunTheBaseAgainWhenTheTestIsKnown() throws Exception {
        String test = "org.example.CartTest#a";
        sandbox.onTest(job -> job.overrides().isEmpty() ? completed(passed(test)) : completed(failed(test, "X")));
        tests().run(trial());
        tests().run(trial());
        assertThat(onBase()).hasSize(5);
    }

    @Test
    void shouldAskAPersonWhenATestFailsNowAndThenOnlyWithThePatch() throws Exception {
        String test = "org.example.CartTest#a";
        sandbox.onTest(job -> job.overrides().isEmpty() || sandbox.tested.size() > 6
                ? completed(passed(test))
                : completed(failed(test, "X")));
        CheckReport report = tests().run(trial());
        assertThat(report.outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(rules(report)).containsExactly("SH-TESTS-UNSETTLED");
        assertThat(onBase()).hasSize(10);
    }

    @Test
    void shouldTakeTheFirstResultAsFinalWhenThePolicyWantsNoReruns() throws Exception {
        String test = "org.example.CartTest#a";
        sandbox.onTest(job -> job.overrides().isEmpty() ? completed(passed(test)) : completed(failed(test, "X")));
        Trial trial = Trials.under(CheckPolicy.newBuilder().setFlakyRuns(0).build(), trial());
        trial.compiled(baseline.modules().get(0), Map.of("org.example.Cart", new byte[] {1}));
        assertThat(tests().run(trial).outcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(sandbox.tested).hasSize(2);
    }

    @Test
    void shouldNotProveWhenTheReproductionFailsOnlyNowAndThenOnTheBase() throws Exception {
        sandbox.onTest(job -> job.overrides().isEmpty() && onBase().size() != 2
                ? completed(failed(TEST, NPE, "org.example.Cart.total"))
                : completed(passed(TEST)));
        Trial trial = trial();
        CheckReport report = reproduction().run(trial);
        assertThat(report.summary()).contains("in 4 of 5 runs");
        assertThat(trial.reproduction().proves()).isFalse();
    }

    @Test
    void shouldNotTakeAnErrorWithoutFramesForReproduced() throws Exception {
        ErrorEvent bare = ErrorEvent.newBuilder(Proposals.reproducible())
                .setExceptions(List.of(ExceptionInfo.newBuilder().setType(NPE).build()))
                .build();
        sandbox.onTest(before(failed(TEST, NPE), passed(TEST)));
        assertThat(rules(reproduction().run(trial(bare)))).containsExactly("SH-REPRO-NOT-REPRODUCED");
    }

    private List<TestJob> onBase() {
        return sandbox.tested.stream().filter(job -> job.overrides().isEmpty()).toList();
    }

    @Test
    void shouldCompileOnlyTheChangedFileWhenItsInterfaceStays() throws Exception {
        sandbox.onCompile(job -> new Compiled(Map.of("org.example.Cart", bytes("org.example.Cart"))));
        assertThat(compiles().run(applied()).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(sandbox.compiled)
                .singleElement()
                .satisfies(job -> assertThat(job.sources()).containsOnlyKeys(CART));
    }

    @Test
    void shouldCompileDependentsTooWhenTheInterfaceChanges() throws Exception {
        byte[] changed = CompiledSources.compile(
                        Map.of(CART, "package org.example; public class Cart { public long total() { return 1; } }"),
                        root.resolve("scratch2"))
                .get("org.example.Cart");
        sandbox.onCompile(job -> job.sources().size() == 1
                ? new Compiled(Map.of("org.example.Cart", changed))
                : new Refused(List.of(new Problem("org/example/Shop.java", 1, "incompatible types"))));
        CheckReport report = compiles().run(applied());
        assertThat(report.outcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(report.summary()).contains("Shop.java (unchanged)", "incompatible types");
    }

    @Test
    void shouldRefuteAPatchThatDefinesAClassThatIsNotItsOwn() throws Exception {
        byte[] any = bytes("org.example.Cart");
        for (String foreign :
                List.of("org.junit.platform.launcher.Launcher", "org.example.CartTest", "org.example.Shop")) {
            sandbox.onCompile(job -> new Compiled(Map.of("org.example.Cart", any, foreign, any)));
            assertThat(rules(compiles().run(applied()))).as(foreign).containsExactly("SH-COMPILE-FOREIGN");
        }
    }

    @Test
    void shouldRefuteWhenTheCompilerHadToBeStopped() throws Exception {
        sandbox.onCompile(job -> new Stopped(new Containment(Containment.Kind.TIMEOUT, "30 s")));
        assertThat(rules(compiles().run(applied()))).containsExactly("SH-SANDBOX-TIMEOUT");
    }

    @Test
    void shouldRunTheTestsOfAModuleThatDependsOnThePatchedOne() throws Exception {
        ProjectModule patched = baseline.modules().get(0);
        ProjectModule dependent = dependent(patched);
        Baseline both = new Baseline(
                baseline.commit(),
                root,
                baseline.tree(),
                List.of(patched, dependent),
                Map.of(
                        patched.directory(),
                        new Baseline.Indexes(baseline.indexes(patched).main(), ClassIndex.read(root.resolve("none"))),
                        dependent.directory(),
                        baseline.indexes(patched)),
                baseline.knownResults());
        Trial trial = Trials.trial(both, Proposals.candidate());
        trial.compiled(patched, Map.of("org.example.Cart", new byte[] {1}));
        sandbox.onTest(before(passed(OTHER_TEST + "#a"), failed(OTHER_TEST + "#a", NPE)));
        assertThat(rules(tests().run(trial))).containsExactly("SH-TESTS-FAIL");
        assertThat(sandbox.tested)
                .allMatch(job -> job.projectDirectory().equals(dependent.directory()))
                .anyMatch(job -> job.overrides().containsKey("org.example.Cart"));
    }

    @Test
    void shouldLeaveAModuleAloneThatDoesNotSeeThePatchedOne() throws Exception {
        ProjectModule patched = baseline.modules().get(0);
        ProjectModule seeing = dependent(patched);
        ProjectModule apart = new ProjectModule(
                seeing.directory(),
                seeing.mainClasses(),
                seeing.testClasses(),
                List.of(),
                List.of(),
                List.of(seeing.testClasses()),
                List.of(),
                seeing.encoding());
        Baseline both = new Baseline(
                baseline.commit(),
                root,
                baseline.tree(),
                List.of(patched, apart),
                Map.of(patched.directory(), baseline.indexes(patched)),
                baseline.knownResults());
        assertThat(both.withDependents(patched)).containsExactly(patched);
    }

    private ProjectModule dependent(ProjectModule on) {
        Path directory = root.resolve("dependent");
        return new ProjectModule(
                directory,
                directory.resolve("classes"),
                directory.resolve("test-classes"),
                List.of(),
                List.of(),
                List.of(directory.resolve("test-classes"), on.mainClasses()),
                List.of(),
                on.encoding());
    }

    private Trial trial() {
        return trial(Proposals.reproducible());
    }

    private Trial trial(ErrorEvent event) {
        Trial trial = Trials.trial(
                baseline,
                Proposals.candidate(),
                event,
                AutonomyPolicy.newBuilder().build());
        trial.compiled(baseline.modules().get(0), Map.of("org.example.Cart", new byte[] {1}));
        return trial;
    }

    /** With this much time left. */
    private Trial trial(Duration left) {
        ValidationJob job = trial().job();
        Trial trial = new Trial(
                new ValidationJob(
                        job.proposal(), job.policy(), job.commit(), baseline, Deadline.in(left, Clock.systemUTC())),
                Proposals.candidate());
        trial.compiled(baseline.modules().get(0), Map.of("org.example.Cart", new byte[] {1}));
        return trial;
    }

    private Trial applied() throws Exception {
        String path = "src/main/java/" + CART;
        Trial trial = Trials.trial(
                baseline,
                Proposals.candidate(Proposals.edit(
                        path,
                        Files.readAllBytes(root.resolve(path)),
                        1,
                        List.of(CART_TEXT),
                        List.of(CART_TEXT.replace("return 1", "return 2")))));
        new AppliesCheck((repository, commit, changes) -> "tree").run(trial);
        return trial;
    }

    private ReproductionCheck reproduction() {
        return new ReproductionCheck(sandbox, TIMEOUT);
    }

    private AffectedTestsCheck tests() {
        return new AffectedTestsCheck(sandbox, new AffectedTests(10), TIMEOUT);
    }

    private CompilesCheck compiles() {
        return new CompilesCheck(sandbox, TIMEOUT);
    }

    private static Function<TestJob, TestOutcome> before(TestOutcome.TestResult before, TestOutcome.TestResult after) {
        return job -> completed(job.overrides().isEmpty() ? before : after);
    }

    private byte[] bytes(String name) {
        try {
            return Files.readAllBytes(root.resolve("target/classes/" + name.replace('.', '/') + ".class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String folder, Map<String, byte[]> classes, String... names) throws IOException {
        for (String name : names) {
            Path file = root.resolve(folder).resolve(name.replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, classes.get(name));
        }
    }

    private static List<String> rules(CheckReport report) {
        return report.findings().stream().map(Finding::getRuleId).toList();
    }
}
