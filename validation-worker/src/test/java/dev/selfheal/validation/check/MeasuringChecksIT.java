package dev.selfheal.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.AutonomyPolicy;
import dev.selfheal.event.CandidatePatch;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckPolicy;
import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.Finding;
import dev.selfheal.event.ProposedTest;
import dev.selfheal.validation.Proposals;
import dev.selfheal.validation.SampleProject;
import dev.selfheal.validation.baseline.AffectedTests;
import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.baseline.CompiledSources;
import dev.selfheal.validation.sandbox.Sandbox;
import dev.selfheal.validation.sandbox.SandboxConfig;
import dev.selfheal.validation.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks that measure, in a real sandbox, on patches of the {@link SampleProject}'s cart. */
class MeasuringChecksIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String CART = String.join("\n", SampleProject.CART_LINES) + "\n";
    private static final String BUG = SampleProject.CART_LINES.get(SampleProject.BUG_LINE - 1);
    private static final String FIX = "            if (price != null) { sum += price; }";

    private static final String CART_TEST = """
            package org.example;
            import static org.junit.jupiter.api.Assertions.*;
            import java.util.*;
            import org.junit.jupiter.api.Test;
            class CartTest {
                @Test void totalIgnoresMissingPrices() { assertEquals(3, new Cart(Arrays.asList(1, null, 2)).total()); }
                @Test void totalAddsPrices() { assertEquals(3, new Cart(List.of(1, 2)).total()); }
                @Test void luck() { assertTrue(new Cart(List.of(1)).total() > 0 && new Random().nextInt(2) == 0); }
            }
            """;

    private static final String CHECKSTYLE = """
            <?xml version="1.0"?>
            <!DOCTYPE module PUBLIC "-//Checkstyle//DTD Checkstyle Configuration 1.3//EN"
                "https://checkstyle.org/dtds/configuration_1_3.dtd">
            <module name="Checker">
              <module name="SuppressionFilter"><property name="file" value="${config_loc}/no.xml"/></module>
              <module name="TreeWalker"><module name="MagicNumber"/><module name="EmptyStatement"/></module>
            </module>
            """;

    private static final String SUPPRESSIONS = """
            <?xml version="1.0"?>
            <!DOCTYPE suppressions PUBLIC "-//Checkstyle//DTD SuppressionFilter Configuration 1.2//EN"
                "https://checkstyle.org/dtds/suppressions_1_2.dtd">
            <suppressions><suppress checks="EmptyStatement" files=".*Cart.java"/></suppressions>
            """;

    @TempDir
    private static Path root;

    private static Sandbox sandbox;
    private static Baseline baseline;

    @BeforeAll
    static void open() throws Exception {
        sandbox = Sandboxes.open(
                SandboxConfig.defaults().withStateDirectory(Files.createDirectory(root.resolve("state"))));
        Path project = Files.createDirectory(root.resolve("project"));
        Map<String, String> sources = new TreeMap<>();
        sources.put("org/example/Cart.java", CART);
        sources.put("org/example/CartTest.java", CART_TEST);
        Map<String, byte[]> classes = CompiledSources.compile(sources, root.resolve("scratch"));
        write(project.resolve("target/classes/org/example/Cart.class"), classes.get("org.example.Cart"));
        write(project.resolve("target/test-classes/org/example/CartTest.class"), classes.get("org.example.CartTest"));
        write(project.resolve(SampleProject.CART), CART.getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(project.resolve("src/test/java"));
        write(project.resolve("config/checkstyle/checkstyle.xml"), CHECKSTYLE.getBytes(StandardCharsets.UTF_8));
        write(project.resolve("config/checkstyle/no.xml"), SUPPRESSIONS.getBytes(StandardCharsets.UTF_8));
        baseline = Trials.baseline(project, List.of(jarOf(Test.class), jarOf(org.testng.annotations.Test.class)));
    }

    /** With what a pipeline writes down of an answer that counts. */
    private static CheckReport run(Check check, Trial trial) throws Exception {
        CheckReport report = check.run(trial);
        report.evidence().accept(trial);
        return report;
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void shouldFindThatTestsNoticeMutantsOfAFix() throws Exception {
        Trial trial = tested(FIX);
        CheckReport report = run(new MutationCheck(sandbox, Duration.ofSeconds(10)), trial);
        assertThat(trial.mutation().mutants()).as(report.toString()).isGreaterThanOrEqualTo(3);
        assertThat(trial.mutation().score()).as(report.toString()).isGreaterThan(0.5);
        assertThat(rules(report)).doesNotContain("SH-MUTATION-UNNOTICED");
    }

    @Test
    void shouldAskAPersonWhenNoTestNoticesThePatchedLines() throws Exception {
        Trial trial = tested(
                FIX + "\n            if (sum == 987654) { sum = 5; }",
                CheckPolicy.newBuilder()
                        .setMutants(40)
                        .setMinimumMutationScore(0.99)
                        .build(),
                // not the one that fails by chance, which it may do on every mutant
                List.of("org.example.CartTest#totalIgnoresMissingPrices", "org.example.CartTest#totalAddsPrices"));
        CheckReport report = run(new MutationCheck(sandbox, Duration.ofSeconds(10)), trial);
        String told = report + " of " + trial.mutation();
        assertThat(report.outcome()).as(told).isEqualTo(CheckOutcome.PASSED);
        assertThat(rules(report)).as(told).contains("SH-MUTATION-UNNOTICED", "SH-MUTATION-SURVIVED");
        assertThat(trial.mutation().noticed()).as(told).isPositive();
    }

    @Test
    void shouldLetAFixBeThatChangesNothingElse() throws Exception {
        Trial trial = tested(FIX);
        CheckReport report = run(behaviour(), trial);
        assertThat(report.findings()).isEmpty();
        assertThat(trial.behaviour().compared()).isGreaterThan(5);
    }

    @Test
    void shouldNoticeAReturnValueThatChanges() throws Exception {
        Trial trial = tested("            sum += price == null ? 0 : Math.max(price, 0);");
        CheckReport report = run(behaviour(), trial);
        assertThat(rules(report)).contains("SH-BEHAVIOUR-CALL");
        assertThat(trial.behaviour().changed()).isPositive();
        assertThat(report.outcome()).isEqualTo(CheckOutcome.PASSED);
    }

    @Test
    void shouldRefuteATestRunThatNewlyReachesForAProcess() throws Exception {
        Trial trial = tested(
                FIX
                        + "\n            try { new ProcessBuilder(\"id\").start(); } catch (java.io.IOException e) { sum += 0; }");
        CheckReport report = run(behaviour(), trial);
        assertThat(report.outcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(trial.behaviour().newEffects()).contains("process id");
    }

    @Test
    void shouldRefuteAPatchThatMakesTestsMuchSlower() throws Exception {
        Trial trial = tested(FIX + "\n            long end = System.nanoTime() + 40_000_000L;"
                + " while (System.nanoTime() < end) { Thread.onSpinWait(); }");
        CheckReport report = run(new PerformanceCheck(new Observations(sandbox, TIMEOUT)), trial);
        assertThat(rules(report)).containsExactly("SH-PERFORMANCE-TIME");
    }

    @Test
    void shouldRefuteAPatchThatAllocatesMuchMore() throws Exception {
        Trial trial = tested(FIX + "\n            sum += new byte[8 << 20].length - (8 << 20);");
        CheckReport report = run(new PerformanceCheck(new Observations(sandbox, TIMEOUT)), trial);
        assertThat(rules(report)).contains("SH-PERFORMANCE-ALLOCATION");
    }

    @Test
    void shouldReportWhatTheAnalysersFindInThePatchAlone() throws Exception {
        Trial fixed = tested(FIX);
        CheckReport clean = run(analysis(), fixed);
        assertThat(clean.outcome()).as(clean.toString()).isEqualTo(CheckOutcome.PASSED);
        assertThat(rules(clean)).noneMatch(rule -> rule.startsWith("SPOTBUGS"));
        Trial worse = tested(FIX
                + "\n            String none = null; if (sum == 7) { sum += none.length(); }"
                + "\n            try { sum += 0; } catch (NullPointerException e) { sum = 1; }"
                + "\n            new IllegalStateException(\"never thrown\");");
        assertThat(rules(run(analysis(), worse)))
                .anyMatch(rule -> rule.startsWith("SPOTBUGS-NP"))
                .anyMatch(rule -> rule.startsWith("PMD-AvoidCatchingNPE"))
                .contains("ERRORPRONE-DeadException");
    }

    @Test
    void shouldSayThatAMethodIsTooLongForAnAnalyser() throws Exception {
        String padding = "sum += 0; ".repeat(2_500);
        CheckReport report = run(analysis(), tested(FIX + "\n            " + padding));
        assertThat(rules(report)).as(report.toString()).contains("SH-ANALYSIS-INCOMPLETE");
    }

    @Test
    void shouldNoticeThatACallDoesNotEndAnyMore() throws Exception {
        CheckReport report =
                run(behaviour(), tested(FIX + "\n            while (price != null && price < 0) { sum += 0; }"));
        assertThat(report.findings())
                .as(report.toString())
                .anyMatch(finding -> finding.getRuleId().equals("SH-BEHAVIOUR-CALL")
                        && finding.getMessage().contains("does not end"));
    }

    @Test
    void shouldHoldThePatchAgainstTheProjectsOwnStyleAndItsSuppressions() throws Exception {
        CheckReport clean = run(lint(), tested(FIX));
        assertThat(clean.outcome()).as(clean.toString()).isEqualTo(CheckOutcome.PASSED);
        assertThat(clean.findings()).isEmpty();
        Trial worse = tested(FIX + "\n            sum += 4711 - 4711;;");
        CheckReport found = run(lint(), worse);
        assertThat(rules(found))
                .as(found.toString())
                .contains("CHECKSTYLE-MagicNumber")
                .doesNotContain("CHECKSTYLE-EmptyStatement");
        assertThat(worse.ownStyle()).isTrue();
    }

    @Test
    void shouldLeaveAFlakyTestOutAndSayHowOftenItFailed() throws Exception {
        Trial trial = tested(FIX, CheckPolicy.newBuilder().setFlakyRuns(12).build());
        for (int i = 0; i < 6 && trial.flaky().isEmpty(); i++) {
            CheckReport report = affected().run(trial);
            assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.PASSED);
        }
        assertThat(trial.tests().newFailures()).isZero();
    }

    @Test
    void shouldTakeAnOwnTestThatFailsAsReportedOnTheBaseAlone() throws Exception {
        assertThat(ownTest("assertEquals(1," + " new Cart(java.util.Arrays.asList(1, null)).total());"))
                .startsWith("fails before, passes after");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reported was  | throw new NullPointerException();
            reported was  | throw new IllegalStateException("x\\nCaused by: java.lang.NullPointerException\\n\\tat org.example.Cart.total(Cart.java:15)");
            the environment | throw new AssertionError(System.getProperty("user.name"));
            is no evidence | org.junit.jupiter.api.Assumptions.assumeTrue(System.currentTimeMillis() < 0); new Cart(java.util.Arrays.asList(1, null)).total();
            stack traces  | NullPointerException e = new NullPointerException(); e.setStackTrace(new StackTraceElement[] {new StackTraceElement("org.example.Cart", "total", "Cart.java", 15)}); throw e;
            does not comp | new Basket();
            is no evidence| new ProcessBuilder("id");
            """)
    void shouldNotTakeAnOwnTestThatProvesNothing(String why, String body) throws Exception {
        assertThat(ownTest(body)).contains(why);
    }

    @Test
    void shouldTakeAnOwnTestOfTestNg() throws Exception {
        assertThat(ownTestNg("@org.testng.annotations.Test public void shows() {"
                        + " org.testng.Assert.assertEquals(new Cart(java.util.Arrays.asList(1, null)).total(), 1); }"))
                .startsWith("fails before, passes after");
    }

    private static String ownTestNg(String members) throws Exception {
        return ownTestIn("package org.example; public class OwnTest { " + members + " }");
    }

    /** What the reproduction check says of a test with this body. */
    private static String ownTest(String body) throws Exception {
        return ownTestIn(
                "package org.example; import static org.junit.jupiter.api.Assertions.assertEquals; class OwnTest {"
                        + " @org.junit.jupiter.api.Test void shows() { " + body + " } }");
    }

    private static String ownTestIn(String source) throws Exception {
        CandidatePatch candidate = CandidatePatch.newBuilder(candidate(FIX))
                .setTest(ProposedTest.newBuilder()
                        .setClassName("org.example.OwnTest")
                        .setSource(source)
                        .build())
                .build();
        ErrorEvent event = ErrorEvent.newBuilder(Proposals.reproducible())
                .setReproduction(null)
                .build();
        Trial trial = Trials.trial(
                baseline, candidate, event, AutonomyPolicy.newBuilder().build());
        compiled(trial);
        CheckReport report = new ReproductionCheck(sandbox, TIMEOUT).run(trial);
        assertThat(trial.reproduction().proves()).isEqualTo(report.outcome() == CheckOutcome.PASSED);
        return report.summary();
    }

    private static BehaviourCheck behaviour() {
        return new BehaviourCheck(sandbox, new Observations(sandbox, TIMEOUT));
    }

    private static StaticAnalysisCheck analysis() {
        return new StaticAnalysisCheck(sandbox, TIMEOUT);
    }

    private static LintCheck lint() {
        return new LintCheck(sandbox, TIMEOUT);
    }

    private static AffectedTestsCheck affected() {
        return new AffectedTestsCheck(sandbox, new AffectedTests(10), TIMEOUT);
    }

    private static Trial tested(String line) throws Exception {
        return tested(line, CheckPolicy.newBuilder().build());
    }

    private static Trial tested(String line, CheckPolicy checks) throws Exception {
        return tested(line, checks, List.of("org.example.CartTest"));
    }

    private static Trial tested(String line, CheckPolicy checks, List<String> tests) throws Exception {
        Trial trial = Trials.under(checks, Trials.trial(baseline, candidate(line)));
        compiled(trial);
        trial.tested(baseline.modules().get(0), tests);
        return trial;
    }

    private static CandidatePatch candidate(String line) {
        return Proposals.candidate(Proposals.edit(
                SampleProject.CART,
                CART.getBytes(StandardCharsets.UTF_8),
                SampleProject.BUG_LINE,
                List.of(BUG),
                line.lines().toList()));
    }

    private static void compiled(Trial trial) throws Exception {
        for (Check check : List.of(
                new AppliesCheck((repository, commit, changes) -> "tree"),
                new ParsesCheck(),
                new CompilesCheck(sandbox, TIMEOUT))) {
            CheckReport report = check.run(trial);
            assertThat(report.outcome()).as(report.toString()).isEqualTo(CheckOutcome.PASSED);
        }
    }

    private static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static List<String> rules(CheckReport report) {
        return report.findings().stream().map(Finding::getRuleId).toList();
    }
}
