package dev.selfheal.validation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.Isolation;
import dev.selfheal.validation.sandbox.TestOutcome.Completed;
import dev.selfheal.validation.sandbox.TestOutcome.Status;
import dev.selfheal.validation.sandbox.TestOutcome.TestResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a class of TestNG tests comes to in a real sandbox. */
class TestNgIT extends SandboxContract {

    private static final String HEAD = """
            import org.testng.*;
            import org.testng.annotations.*;
            import static org.testng.Assert.*;
            """;

    @Override
    Isolation isolation() {
        return Isolation.BUBBLEWRAP;
    }

    @Test
    void shouldReportWhatPassesFailsAndIsSkipped() throws Exception {
        assertThat(results("""
                public class T {
                    @Test public void passes() { assertEquals(1 + 1, 2); }
                    @Test public void fails() { assertEquals(1 + 1, 3); }
                    @Test public void skips() { throw new SkipException("not here"); }
                    @Test(enabled = false) public void isOff() { fail(); }
                    @Test(expectedExceptions = NumberFormatException.class) public void throwsIt() { Integer.parseInt("x"); }
                    @Test(dependsOnMethods = "fails") public void depends() {}
                }
                """))
                .isEqualTo(Map.of(
                        "T#passes", Status.PASSED,
                        "T#fails", Status.FAILED,
                        "T#skips", Status.SKIPPED,
                        "T#throwsIt", Status.PASSED,
                        "T#depends", Status.SKIPPED));
    }

    @Test
    void shouldReportEachRowOfADataProvider() throws Exception {
        assertThat(results("""
                public class T {
                    @DataProvider public Object[][] rows() { return new Object[][] {{1, 1}, {2, 3}}; }
                    @Test(dataProvider = "rows") public void t(int a, int b) { assertEquals(a, b); }
                }
                """)).isEqualTo(Map.of("T#t[0]", Status.PASSED, "T#t[1]", Status.FAILED));
    }

    @Test
    void shouldReportAFailureWhenADataProviderFails() throws Exception {
        assertThat(results("""
                public class T {
                    @DataProvider public Object[][] rows() { throw new IllegalStateException("no rows"); }
                    @Test(dataProvider = "rows") public void t(int a) { }
                }
                """)).containsEntry("T#t", Status.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BeforeSuite", "BeforeTest", "BeforeClass", "BeforeMethod"})
    void shouldReportAFailureOfEveryTestWhoseSetUpFails(String annotation) throws Exception {
        assertThat(results("""
                public class T {
                    @%s public void setUp() { throw new IllegalStateException("no set-up"); }
                    @Test public void a() { }
                    @Test public void b() { }
                }
                """.formatted(annotation)))
                .containsEntry("T#a", Status.FAILED)
                .containsEntry("T#b", Status.FAILED);
    }

    @Test
    void shouldReportAFailureOfTheClassWhenItsTearDownFails() throws Exception {
        assertThat(results("""
                public class T {
                    @AfterClass public void tearDown() { throw new IllegalStateException("no tear-down"); }
                    @Test public void a() { }
                }
                """)).isEqualTo(Map.of("T#a", Status.PASSED, "T", Status.FAILED));
    }

    @Test
    void shouldRunTheSelectedMethodAlone() throws Exception {
        TestOutcome outcome = runTestNg("""
                @Test
                public class T {
                    public void a() { }
                    public void b() { }
                }
                """, List.of("T#b"));
        assertThat(only(outcome).id()).isEqualTo("T#b");
    }

    @Test
    void shouldCallItForgedWhenAListenerTurnsFailuresIntoPasses() throws Exception {
        assertContained(runTestNg("""
                @Listeners(T.Kind.class)
                public class T {
                    public static class Kind implements IInvokedMethodListener {
                        @Override public void afterInvocation(IInvokedMethod method, ITestResult result) {
                            result.setStatus(ITestResult.SUCCESS);
                        }
                    }
                    @Test public void t() { fail(); }
                }
                """, List.of("T"))).isEqualTo(Containment.Kind.FORGED);
    }

    @Test
    void shouldCallItForgedWhenAListenerLeavesTestsOut() throws Exception {
        assertContained(runTestNg("""
                @Listeners(T.Few.class)
                public class T {
                    public static class Few implements IMethodInterceptor {
                        private static boolean planned;
                        @Override public java.util.List<IMethodInstance> intercept(
                                java.util.List<IMethodInstance> methods, ITestContext context) {
                            boolean all = !planned;
                            planned = true;
                            return all ? methods : java.util.List.of();
                        }
                    }
                    @Test public void t() { fail(); }
                }
                """, List.of("T"))).isEqualTo(Containment.Kind.FORGED);
    }

    private TestOutcome runTestNg(String type, List<String> selectors) throws InterruptedException {
        List<Path> classpath = Stream.concat(framework().stream(), Stream.of(jarOf("org.testng.annotations.Test")))
                .toList();
        return sandbox().test(new TestJob(Sources.compile(HEAD + type), classpath, project, selectors, AMPLE));
    }

    private Map<String, Status> results(String type) throws InterruptedException {
        TestOutcome outcome = runTestNg(type, List.of("T"));
        assertThat(outcome).isInstanceOf(Completed.class);
        Map<String, Status> results = new TreeMap<>();
        for (TestResult result : ((Completed) outcome).results()) {
            assertThat(results.put(result.id(), result.status()))
                    .as(result.id())
                    .isNull();
        }
        return results;
    }
}
