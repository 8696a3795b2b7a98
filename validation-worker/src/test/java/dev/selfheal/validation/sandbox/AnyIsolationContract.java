package dev.selfheal.validation.sandbox;

import static dev.selfheal.validation.sandbox.TestOutcome.Status.FAILED;
import static dev.selfheal.validation.sandbox.TestOutcome.Status.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.selfheal.validation.sandbox.CompileOutcome.Compiled;
import dev.selfheal.validation.sandbox.CompileOutcome.Problem;
import dev.selfheal.validation.sandbox.CompileOutcome.Refused;
import dev.selfheal.validation.sandbox.Containment.Kind;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every isolation promises, the weakest included. */
abstract class AnyIsolationContract extends SandboxContract {

    @Test
    void shouldReturnClassFilesWhenSourcesCompile() throws Exception {
        CompileOutcome outcome = compile("p/A.java", "package p; class A { class B {} Runnable r = () -> {}; }");

        assertThat(((Compiled) outcome).classes()).containsOnlyKeys("p.A", "p.A$B");
    }

    @Test
    void shouldSayWhereWhenSourcesDoNotCompile() throws Exception {
        CompileOutcome outcome = compile("p/A.java", "package p;\nclass A {\n  int x = \"no\";\n}\n");

        assertThat(((Refused) outcome).problems())
                .containsExactly(
                        new Problem("p/A.java", 3, "incompatible types: java.lang.String cannot be converted to int"));
    }

    @Test
    void shouldRefuseWhenCompilerDoesNotKnowAnOption() throws Exception {
        CompileOutcome outcome = sandbox()
                .compile(new CompileJob(Map.of("A.java", "class A {}"), List.of(), List.of("--nonsense"), AMPLE));

        assertThat(outcome).isInstanceOf(Refused.class);
    }

    @Test
    void shouldStopCompilerWhenSourcesMakeItHang() throws Exception {
        // javac attributes a generic call inside a conditional anew for every level around it.
        String nested = "null";
        for (int depth = 0; depth < 30; depth++) {
            nested = "b ? id(" + nested + ") : id(null)";
        }
        String source = "class A { static boolean b; static <T> T id(T t) { return t; } Object o = " + nested + "; }";

        CompileOutcome outcome =
                sandbox().compile(new CompileJob(Map.of("A.java", source), List.of(), List.of(), SHORT));

        assertContained(outcome).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void shouldNotRunAnnotationProcessorsOfTheClasspath(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("javax.annotation.processing.Processor"), "no.such.Processor");

        CompileOutcome outcome =
                sandbox().compile(new CompileJob(Map.of("A.java", "class A {}"), List.of(folder), List.of(), AMPLE));

        assertThat(outcome).isInstanceOf(Compiled.class);
    }

    @Test
    void shouldNameJupiterTestsTheSameWayInEveryRun() throws Exception {
        TestOutcome outcome = run("""
                import java.util.*;
                import java.util.stream.*;
                import org.junit.jupiter.api.*;
                import org.junit.jupiter.params.*;
                import org.junit.jupiter.params.provider.*;
                class T {
                    @Test void plain() {}
                    @Test void overloaded() {}
                    @Test void overloaded(TestInfo info) {}
                    @ParameterizedTest @ValueSource(ints = {1, 2}) void params(int i) { Assertions.assertEquals(1, i); }
                    @TestFactory Stream<DynamicNode> dynamic() {
                        return Stream.of(DynamicContainer.dynamicContainer("c", List.of(DynamicTest.dynamicTest("d", () -> {}))));
                    }
                    @Nested class N { @Test void inner() {} }
                    @Disabled @Test void disabled() {}
                    @Test void aborted() { Assumptions.assumeTrue(false); }
                }
                """, List.of("T"), AMPLE);

        assertThat(statuses(outcome))
                .containsOnly(
                        entry("T#plain", PASSED),
                        entry("T#overloaded", PASSED),
                        entry("T#overloaded~2", PASSED),
                        entry("T#params[1]", PASSED),
                        entry("T#params[2]", FAILED),
                        entry("T#dynamic[1.1]", PASSED),
                        entry("T$N#inner", PASSED),
                        entry("T#disabled", Status.SKIPPED),
                        entry("T#aborted", Status.SKIPPED));
    }

    @Test
    void shouldNameJUnit4AndJUnit3TestsTheSameWayInEveryRun() throws Exception {
        TestOutcome outcome = run("""
                import java.util.*;
                public class T {
                    @org.junit.Test public void four() { org.junit.Assert.assertThat("a", org.hamcrest.CoreMatchers.is("a")); }
                    @org.junit.Ignore @org.junit.Test public void ignored() {}
                    @org.junit.runner.RunWith(org.junit.runners.Parameterized.class)
                    public static class P {
                        @org.junit.runners.Parameterized.Parameters public static List<Object[]> data() { return List.of(new Object[] {1}, new Object[] {2}); }
                        private final int i;
                        public P(int i) { this.i = i; }
                        @org.junit.Test public void even() { org.junit.Assert.assertEquals(0, i % 2); }
                    }
                    public static class Three extends junit.framework.TestCase { public void testThree() { fail("three"); } }
                }
                """, List.of("T", "T$P", "T$Three"), AMPLE);

        assertThat(statuses(outcome))
                .containsOnly(
                        entry("T#four", PASSED),
                        entry("T#ignored", Status.SKIPPED),
                        entry("T$P#even[0]", FAILED),
                        entry("T$P#even[1]", PASSED),
                        entry("T$Three#testThree", FAILED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"T#params", "T$P#even", "T$Three#testThree", "T$P#even[1]"})
    void shouldRunOnlyTheSelectedMethod(String selector) throws Exception {
        TestOutcome outcome = run("""
                import java.util.*;
                import org.junit.jupiter.api.*;
                import org.junit.jupiter.params.*;
                import org.junit.jupiter.params.provider.*;
                public class T {
                    @Test void other() {}
                    @ParameterizedTest @ValueSource(ints = {1, 2}) void params(int i) {}
                    @org.junit.runner.RunWith(org.junit.runners.Parameterized.class)
                    public static class P {
                        @org.junit.runners.Parameterized.Parameters public static List<Object[]> data() { return List.of(new Object[] {1}, new Object[] {2}); }
                        public P(int i) {}
                        @org.junit.Test public void even() {}
                        @org.junit.Test public void odd() {}
                    }
                    public static class Three extends junit.framework.TestCase { public void testThree() {} public void testFour() {} }
                }
                """, List.of(selector), AMPLE);

        String method = selector.replaceFirst("\\[.*", "");
        assertThat(statuses(outcome)).isNotEmpty().allSatisfy((id, status) -> {
            assertThat(id).startsWith(method);
            assertThat(status).isEqualTo(PASSED);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Missing", "T#missing", "Missing#missing"})
    void shouldFailSelectorWhenItNamesNothing(String selector) throws Exception {
        TestOutcome outcome = run("class T { @org.junit.jupiter.api.Test void t() {} }", List.of(selector), AMPLE);

        assertThat(statuses(outcome)).containsOnly(entry(selector, FAILED));
    }

    @Test
    void shouldFailEveryTestWhenSetUpOfTheClassFails() throws Exception {
        TestOutcome outcome = run("""
                import org.junit.jupiter.api.*;
                class T {
                    @BeforeAll static void up() { throw new IllegalStateException("no database"); }
                    @Test void a() {}
                    @Test void b() {}
                }
                """);

        assertThat(statuses(outcome)).containsOnly(entry("T#a", FAILED), entry("T#b", FAILED));
    }

    @Test
    void shouldReportExceptionOfFailedTest() throws Exception {
        TestResult result = only(runBody("throw new IllegalStateException(\"broken\", new IOException(\"cause\"));"));

        assertThat(result.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.exceptionType()).isEqualTo("java.lang.IllegalStateException");
            assertThat(failure.message()).isEqualTo("broken");
            assertThat(failure.stackTrace())
                    .contains("at T.t(T.java:")
                    .contains("Caused by: java.io.IOException: cause");
        });
    }

    @Test
    void shouldPreferOverridesToTheClasspath(@TempDir Path classes) throws Exception {
        byte[] old = ((Compiled) compile("V.java", "public class V { static int n() { return 1; } }"))
                .classes()
                .get("V");
        Files.write(classes.resolve("V.class"), old);
        Map<String, byte[]> patched = ((Compiled) sandbox()
                        .compile(new CompileJob(
                                Map.of(
                                        "V.java",
                                        "public class V { static int n() { return 2; } }",
                                        "T.java",
                                        "class T { @org.junit.jupiter.api.Test void t() { org.junit.jupiter.api.Assertions.assertEquals(2, V.n()); } }"),
                                framework(),
                                List.of(),
                                AMPLE)))
                .classes();
        List<Path> classpath = new java.util.ArrayList<>(framework());
        classpath.add(0, classes);

        assertHeld(sandbox().test(new TestJob(patched, classpath, project, List.of("T"), AMPLE)));
    }

    @Test
    void shouldRunInTheProjectDirectory() throws Exception {
        Files.createDirectories(project.resolve("src/test/resources"));
        Files.writeString(project.resolve("src/test/resources/data.txt"), "data");

        assertHeld(runBody(
                "Assertions.assertEquals(\"data\", Files.readString(Path.of(\"src/test/resources/data.txt\")));"));
    }

    @Test
    void shouldOfferHomeAndTemporaryFolderToWriteTo() throws Exception {
        assertHeld(runBody("""
                        File temporary = File.createTempFile("abc", "d");
                        Files.writeString(temporary.toPath(), "x");
                        Files.writeString(Path.of(System.getProperty("user.home"), "x"), "x");
                        Assertions.assertEquals(System.getenv("HOME"), System.getProperty("user.home"));
                        """));
    }

    @Test
    void shouldHideTheWorkersEnvironment() throws Exception {
        assertThat(System.getenv()).containsKey("PATH");

        assertHeld(runBody("Assertions.assertEquals(Set.of(), new TreeSet<>(System.getenv().keySet()).stream()"
                + ".filter(n -> !Set.of(\"HOME\", \"TMPDIR\", \"LANG\", \"TZ\", \"MALLOC_ARENA_MAX\", \"PWD\", \"OLDPWD\", \"SHLVL\", \"_\").contains(n))"
                + ".collect(java.util.stream.Collectors.toSet()));"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"System.exit(0);", "Runtime.getRuntime().halt(0);"})
    void shouldNotBelieveAnythingWhenCodeEndsTheJvm(String exit) throws Exception {
        assertContained(runBody(exit)).isEqualTo(Kind.DIED);
    }

    @Test
    void shouldNotBelieveAnythingWhenStaticInitialiserEndsTheJvm() throws Exception {
        TestOutcome outcome =
                run("class T { static { if (true) System.exit(0); } @org.junit.jupiter.api.Test void t() {} }");

        assertContained(outcome).isEqualTo(Kind.DIED);
    }

    @Test
    void shouldIgnorePrintedReports() throws Exception {
        TestResult result = only(runBody("""
                        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
                        for (int i = 0; i < 100; i++) { out.println("D\\0\\0\\0\\0 T#t PASSED"); System.out.println("PASSED"); }
                        out.flush();
                        Assertions.fail("really");
                        """));

        assertThat(result.status()).isEqualTo(FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"D\\0\\0\\0\\0\" + \"x\".repeat(32)",
                "\"all tests passed\"",
                "\"R\\0\\0\\0\\0\" + \"\\0\".repeat(32)"
            })
    void shouldRefuseReportThatTheRunnerDidNotSeal(String report) throws Exception {
        TestOutcome outcome = runBody("""
                try (FileOutputStream channel = new FileOutputStream("/dev/fd/3")) {
                    channel.write((%s).getBytes("ISO-8859-1"));
                }
                Runtime.getRuntime().halt(0);
                """.formatted(report));

        assertContained(outcome).isEqualTo(Kind.FORGED);
    }

    /** The second knows the canaries that stand in the runner's jar, and leaves them alone. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "!c.getRequiredTestClass().getName().contains(\"Canar\")"})
    void shouldRefuseReportWhenSomethingMakesFailingTestsPass(String swallows) throws Exception {
        Path services = Files.createDirectories(project.resolve("META-INF/services"));
        Files.writeString(services.resolve("org.junit.jupiter.api.extension.Extension"), "T$Swallow");
        Files.writeString(
                project.resolve("junit-platform.properties"), "junit.jupiter.extensions.autodetection.enabled=true");
        Compiled compiled = (Compiled) compile("T.java", """
                import org.junit.jupiter.api.*;
                import org.junit.jupiter.api.extension.*;
                public class T {
                    @Test void t() { Assertions.fail("swallowed"); }
                    public static class Swallow implements TestExecutionExceptionHandler {
                        @Override public void handleTestExecutionException(ExtensionContext c, Throwable t) throws Throwable {
                            if (!(%s)) { throw t; }
                        }
                    }
                }
                """.formatted(swallows));
        List<Path> classpath = new java.util.ArrayList<>(framework());
        classpath.add(project);

        TestOutcome outcome = sandbox().test(new TestJob(compiled.classes(), classpath, project, List.of("T"), AMPLE));

        assertContained(outcome).isEqualTo(Kind.FORGED);
    }

    @Test
    void shouldHideTheRunnerFromTheProject() throws Exception {
        assertHeld(runBody("""
                        Assertions.assertThrows(ClassNotFoundException.class,
                            () -> Class.forName("dev.selfheal.validation.sandbox.runner.RunnerMain"));
                        for (Thread t : Thread.getAllStackTraces().keySet()) {
                            Assertions.assertNotNull(t.getName());
                        }
                        """));
    }

    @Test
    void shouldStopEndlessTest() throws Exception {
        assertContained(runBody("while (true) { }", SHORT)).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void shouldStopEndlessTestThatDefendsItself() throws Exception {
        TestOutcome outcome = runBody("""
                Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } }));
                Thread daemon = new Thread(() -> { while (true) { } });
                daemon.setDaemon(true);
                daemon.start();
                try {
                    new ProcessBuilder("/usr/bin/setsid", "/usr/bin/sleep", "600").start();
                } catch (IOException e) {
                    System.out.println("no child: " + e);
                }
                while (true) { try { Thread.sleep(10_000); } catch (Throwable t) { } }
                """, SHORT);

        assertContained(outcome).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void shouldEndRunThatLeavesThreadsBehind() throws Exception {
        assertHeld(runBody("new Thread(() -> { while (true) { } }).start();"));
    }

    @Test
    void shouldStopCodeThatFillsTheHeap() throws Exception {
        TestOutcome outcome =
                runBody("List<byte[]> hog = new ArrayList<>(); while (true) { hog.add(new byte[1 << 20]); }");

        assertContained(outcome).isEqualTo(Kind.LIMIT);
    }

    @Test
    void shouldStopCodeThatPrintsWithoutEnd() throws Exception {
        assertContained(runBody("while (true) { System.out.println(\"x\".repeat(1000)); }"))
                .isEqualTo(Kind.LIMIT);
    }

    @Test
    void shouldStopCodeThatUsesUpItsCpuTime() throws Exception {
        SandboxConfig config = SandboxConfig.defaults()
                .withForced(isolation())
                .withWarmJvms(0)
                .withLimits(Limits.defaults().withCpuSeconds(5));
        try (Sandbox hurried = open(config)) {
            TestOutcome outcome = run(
                    hurried,
                    "class T { @org.junit.jupiter.api.Test void t() { while (true) { } } }",
                    List.of("T"),
                    AMPLE);

            assertContained(outcome).isEqualTo(Kind.LIMIT);
        }
    }

    @Test
    void shouldRefuseToMountTheHomeFolder() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("user.home"));

        TestOutcome outcome = sandbox().test(new TestJob(Map.of(), List.of(), home, List.of("T"), AMPLE));

        assertContained(outcome).isEqualTo(Kind.UNAVAILABLE);
    }

    static Map<String, Status> statuses(TestOutcome outcome) {
        assertThat(outcome).isInstanceOf(Completed.class);
        return ((Completed) outcome).results().stream().collect(Collectors.toMap(TestResult::id, TestResult::status));
    }
}
