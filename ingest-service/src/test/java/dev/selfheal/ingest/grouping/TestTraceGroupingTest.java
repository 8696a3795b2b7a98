package dev.selfheal.ingest.grouping;

import static dev.selfheal.ingest.Traces.group;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failing tests: runners stand below the service's code, assertions above it, and the service may be a known library. */
class TestTraceGroupingTest {

    private static final String ANT = """
            \tat sun.reflect.NativeMethodAccessorImpl.invoke0(Native Method)
            \tat sun.reflect.NativeMethodAccessorImpl.invoke(NativeMethodAccessorImpl.java:57)
            \tat java.lang.reflect.Method.invoke(Method.java:606)
            \tat junit.framework.TestCase.runTest(TestCase.java:176)
            \tat org.apache.tools.ant.taskdefs.optional.junit.JUnitTestRunner.run(JUnitTestRunner.java:520)
            \tat sun.reflect.GeneratedMethodAccessor4.invoke(Unknown Source)
            \tat java.lang.reflect.Method.invoke(Method.java:606)
            \tat org.apache.tools.ant.Main.runBuild(Main.java:811)
            """;
    private static final String JUPITER = """
            \tat java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(DirectMethodHandleAccessor.java:103)
            \tat java.base/java.lang.reflect.Method.invoke(Method.java:580)
            \tat org.junit.platform.commons.util.ReflectionUtils.invokeMethod(ReflectionUtils.java:728)
            \tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
            \tat org.apache.maven.surefire.booter.ForkedBooter.main(ForkedBooter.java:456)
            """;
    /** Surefire cuts the runner's frames out. */
    private static final String TRIMMED =
            "\tat java.base/java.lang.reflect.Method.invoke(Method.java:580)\n\tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)\n";

    @ParameterizedTest
    @ValueSource(strings = {ANT, JUPITER, TRIMMED})
    void shouldPlaceTheFaultInTheLibraryUnderTest(String runner) {
        ErrorGroup group = group("java.lang.NullPointerException\n"
                + "\tat org.apache.commons.lang3.StringUtils.join(StringUtils.java:3298)\n"
                + "\tat org.apache.commons.lang3.StringUtilsTest.testJoin(StringUtilsTest.java:209)\n" + runner);

        assertThat(group.frame()).isEqualTo("org.apache.commons.lang3.StringUtils.join");
    }

    @ParameterizedTest
    @ValueSource(strings = {ANT, JUPITER, TRIMMED})
    void shouldNotTakeALibraryThatATestOnlyUsesForOwnCode(String runner) {
        ErrorGroup group = group("java.lang.NullPointerException\n"
                + "\tat org.apache.commons.lang3.StringUtils.join(StringUtils.java:3298)\n"
                + "\tat org.example.Cart.names(Cart.java:9)\n"
                + "\tat org.example.CartTest.testNames(CartTest.java:20)\n" + runner);

        assertThat(group.frame()).isEqualTo("org.example.Cart.names");
    }

    @ParameterizedTest
    @ValueSource(strings = {ANT, JUPITER, TRIMMED})
    void shouldPlaceAnAssertionInTheTestOfALibrary(String runner) {
        ErrorGroup group = group("java.lang.AssertionError: x\n"
                + "\tat org.hamcrest.MatcherAssert.assertThat(MatcherAssert.java:20)\n"
                + "\tat org.junit.Assert.assertThat(Assert.java:956)\n"
                + "\tat org.apache.commons.lang3.StringUtilsTest.testJoin(StringUtilsTest.java:209)\n" + runner);

        assertThat(group.frame()).isEqualTo("org.apache.commons.lang3.StringUtilsTest.testJoin");
    }

    @Test
    void shouldTellLibrariesOfOneFamilyApart() {
        ErrorGroup group = group("java.lang.IllegalArgumentException\n"
                + "\tat org.apache.commons.lang3.time.FastDatePrinter.parse(FastDatePrinter.java:1)\n"
                + "\tat org.apache.commons.configuration2.Lookup.lookup(Lookup.java:2)\n"
                + "\tat org.apache.commons.configuration2.LookupTest.testDate(LookupTest.java:3)\n" + TRIMMED);

        assertThat(group.frame()).isEqualTo("org.apache.commons.configuration2.Lookup.lookup");
    }

    @Test
    void shouldNeverPlaceAFaultInABuildTool() {
        ErrorGroup group = group("java.lang.IllegalStateException\n"
                + "\tat com.fasterxml.jackson.databind.A.b(A.java:1)\n\tat com.fasterxml.jackson.databind.C.d(C.java:1)\n"
                + ANT);

        assertThat(group.frame()).isEqualTo("com.fasterxml.jackson.databind.A.b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expected:<...10-30T02:30:00.000+0[1]:00> but was:<...10-30T02:30:00.000+0[2]:00>",
                "expected:<null> but was:<matched>",
                "expected:< Foo\n[Bar\n\n]Baz> but was:< Foo\n[ Bar\n\n ]Baz>",
                "expected: <abc> but was: <abd>",
                "expected [a] but found [b]"
            })
    void shouldNotSplitATestByTheValuesItCompares(String message) {
        assertThat(asserted(message, "").message()).isEqualTo("expected <value> but was <value>");
    }

    @Test
    void shouldKeepWhatTheTestSaysOfAComparison() {
        assertThat(asserted("total of the cart expected:<a> but was:<b>", "").message())
                .isEqualTo("total of the cart expected <value> but was <value>");
        assertThat(asserted("\nExpected: is \"abc\"\n     but: was \"abd\"", "").message())
                .isEqualTo("expected <value> but was <value>");
    }

    @Test
    void shouldTellTestsThatShareAHelperApartByTheirValues() {
        String helper = "\tat org.example.CompilerTestCase.check(CompilerTestCase.java:7)\n";

        assertThat(asserted("expected:<foo> but was:<bar>", helper).key())
                .isNotEqualTo(
                        asserted("expected:<var x> but was:<let x>", helper).key());
    }

    @Test
    void shouldBeQuickOnAHostileComparison() {
        String message = "expected:[".repeat(100_000);

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> ComparedValues.without(message));
    }

    @Test
    void shouldLookForTheTurnOfAComparisonOnce() {
        String message = "expected:<".repeat(800);

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(ComparedValues.without(message)).isEqualTo(message);
            }
        });
    }

    private static ErrorGroup asserted(String message, String helper) {
        return group("junit.framework.ComparisonFailure: " + message + "\n"
                + "\tat junit.framework.Assert.assertEquals(Assert.java:100)\n" + helper
                + "\tat org.example.CartTest.testTotal(CartTest.java:227)\n" + ANT);
    }
}
