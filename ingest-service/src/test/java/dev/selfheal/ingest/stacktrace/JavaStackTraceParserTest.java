package dev.selfheal.ingest.stacktrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaStackTraceParserTest {

    private static final String NESTED = """
            java.lang.IllegalStateException: cannot load cart 7
            \tat org.example.CartService.load(CartService.java:31)
            \tat org.example.CartResource.get(CartResource.java:17)
            \tat java.base/java.lang.Thread.run(Thread.java:840)
            Caused by: java.io.IOException: closed
            \tat org.example.Store.read(Store.java:88)
            \tat org.example.CartService.load(CartService.java:29)
            \t... 2 more
            """;

    @Test
    void shouldReadChainOutermostFirst() {
        List<ExceptionInfo> chain = new JavaStackTraceParser().parse(NESTED);

        assertThat(chain)
                .extracting(ExceptionInfo::getType)
                .containsExactly("java.lang.IllegalStateException", "java.io.IOException");
        assertThat(chain.get(0).getMessage()).contains("cannot load cart 7");
    }

    @Test
    void shouldReconstructCommonFramesWhenTheyWereLeftOut() {
        List<StackFrame> frames =
                new JavaStackTraceParser().parse(NESTED).get(1).getFrames();

        assertThat(frames)
                .extracting(f -> f.getModule() + "." + f.getFunction() + ":" + f.getLine())
                .containsExactly(
                        "org.example.Store.read:88",
                        "org.example.CartService.load:29",
                        "org.example.CartResource.get:17",
                        "java.lang.Thread.run:840");
    }

    @Test
    void shouldAgreeWithTheJvmWhenItPrintsRealExceptions() {
        Throwable real = new CompletionException("outer\nsecond line", new IOException(new NullPointerException("x")));
        real.addSuppressed(new IllegalArgumentException("not me", new IllegalStateException("nor me")));
        StringWriter text = new StringWriter();
        real.printStackTrace(new PrintWriter(text));

        List<ExceptionInfo> chain = new JavaStackTraceParser().parse(text.toString());

        assertThat(chain).hasSize(3);
        Throwable expected = real;
        for (ExceptionInfo parsed : chain) {
            assertThat(parsed.getType()).isEqualTo(expected.getClass().getName());
            assertThat(parsed.getMessage()).contains(expected.getMessage());
            assertThat(parsed.getFrames())
                    .extracting(StackFrame::getFunction, StackFrame::getLine)
                    .containsExactlyElementsOf(Arrays.stream(expected.getStackTrace())
                            .map(f -> org.assertj.core.groups.Tuple.tuple(
                                    f.getMethodName(), Math.max(f.getLineNumber(), f.isNativeMethod() ? -2 : 0)))
                            .toList());
            expected = expected.getCause();
        }
    }

    @Test
    void shouldIgnoreSuppressedExceptionsAndTheirCauses() {
        List<ExceptionInfo> chain = new JavaStackTraceParser().parse("""
                java.lang.RuntimeException: a
                \tat org.example.A.a(A.java:1)
                \tSuppressed: java.io.IOException: b
                \t\tat org.example.B.b(B.java:2)
                \t\t... 1 more
                \tCaused by: java.lang.Error: c
                \t\tat org.example.C.c(C.java:3)
                Caused by: java.lang.NullPointerException
                \tat org.example.D.d(D.java:4)
                \t... 1 more
                """);

        assertThat(chain)
                .extracting(ExceptionInfo::getType)
                .containsExactly("java.lang.RuntimeException", "java.lang.NullPointerException");
        assertThat(chain.get(1).getFrames())
                .extracting(StackFrame::getModule)
                .containsExactly("org.example.D", "org.example.A");
        assertThat(chain.get(1).getMessage()).isEmpty();
    }

    @Test
    void shouldKeepEveryLineOfALongMessage() {
        List<ExceptionInfo> chain = new JavaStackTraceParser()
                .parse("java.lang.AssertionError: expected:\n  a\n\nbut was:\n  b\n\tat org.example.T.t(T.java:1)\n");

        assertThat(chain.get(0).getMessage()).contains("expected:\n  a\n\nbut was:\n  b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at java.base/java.util.Objects.requireNonNull(Objects.java:209)|java.util.Objects|requireNonNull|Objects.java|209",
                "at java.base@17.0.9/java.util.Objects.requireNonNull(Objects.java:209)|java.util.Objects|requireNonNull|Objects.java|209",
                "at app//org.example.Main.main(Main.java:3)|org.example.Main|main|Main.java|3",
                "at app/com.acme@2.1/org.example.Main.main(Main.java:3)|org.example.Main|main|Main.java|3",
                "at jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)|jdk.internal.reflect.NativeMethodAccessorImpl|invoke0||-2",
                "at org.example.Foo.bar(Unknown Source)|org.example.Foo|bar||0",
                "at org.example.Foo$$EnhancerByCGLIB$$1a2b.bar(<generated>)|org.example.Foo$$EnhancerByCGLIB$$1a2b|bar||0",
                "at org.example.Foo.<init>(Foo.java)|org.example.Foo|<init>|Foo.java|0",
                "at org.example.Foo$$Lambda$14/0x0000000800c03000.apply(Unknown Source)|org.example.Foo$$Lambda$14/0x0000000800c03000|apply||0",
                "at app//org.example.Foo$$Lambda/0x00007f.run(Unknown Source)|org.example.Foo$$Lambda/0x00007f|run||0",
                "at org.example.CartTest.empty cart (has no total)(CartTest.kt:9)|org.example.CartTest|empty cart (has no total)|CartTest.kt|9",
                "at org.example.App$.$anonfun$main$1(App.scala:12)|org.example.App$|$anonfun$main$1|App.scala|12",
                "at org.example.Foo.bar(Foo.java:7) ~[foo-1.0.jar:1.0]|org.example.Foo|bar|Foo.java|7",
                "at Main.main(Main.java:1)|Main|main|Main.java|1"
            })
    void shouldReadFrame(String line, String module, String function, String file, int number) {
        List<ExceptionInfo> chain = new JavaStackTraceParser().parse("java.lang.Error: x\n\t" + line + "\n");

        assertThat(chain.get(0).getFrames()).containsExactly(new StackFrame(module, function, file, number, false));
    }

    @Test
    void shouldSkipLogOutputBeforeTheException() {
        List<ExceptionInfo> chain = new JavaStackTraceParser().parse("""
                2026-11-22 10:15:30 ERROR o.e.Cart - it failed: now
                Exception in thread "main: 1" java.lang.NullPointerException: x
                \tat a.B.c(B.java:1)
                """);

        assertThat(chain).extracting(ExceptionInfo::getType).containsExactly("java.lang.NullPointerException");
    }

    @Test
    void shouldReadExceptionWithoutFrames() {
        assertThat(new JavaStackTraceParser().parse("java.lang.NullPointerException"))
                .containsExactly(new ExceptionInfo("java.lang.NullPointerException", null, List.of()));
    }

    @Test
    void shouldReadExceptionOfTheDefaultPackage() {
        assertThat(new JavaStackTraceParser().parse("Oops: too bad\n\tat Main.main(Main.java:1)\n"))
                .extracting(ExceptionInfo::getType)
                .containsExactly("Oops");
    }

    @Test
    void shouldReadTextWithWindowsLineEndsAndLostIndentation() {
        List<ExceptionInfo> chain =
                new JavaStackTraceParser().parse(NESTED.replace("\n", "\r\n").replace("\t", ""));

        assertThat(chain).hasSize(2);
        assertThat(chain.get(1).getFrames()).hasSize(4);
    }

    @Test
    void shouldEndChainAtCircularReference() {
        List<ExceptionInfo> chain = new JavaStackTraceParser()
                .parse(
                        "java.lang.Error: a\n\tat a.B.c(B.java:1)\nCaused by: [CIRCULAR REFERENCE: java.lang.Error: a]\n");

        assertThat(chain).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "all is well",
                "\tat org.example.Foo.bar(Foo.java:1)",
                "Traceback (most recent call last):"
            })
    void shouldFindNothingWhenTextHoldsNoJavaException(String text) {
        assertThat(new JavaStackTraceParser().parse(text)).isEmpty();
    }

    @Test
    void shouldNotMultiplyFramesWhenCommonFramesAreClaimedWithoutEnd() {
        String frames = "\tat a.B.c(B.java:1)\n".repeat(20_000);
        String causes = "Caused by: a.E\n\t... 999999 more\n".repeat(20_000);

        List<ExceptionInfo> chain = new JavaStackTraceParser().parse("a.E\n" + frames + causes);

        assertThat(chain).hasSizeLessThanOrEqualTo(256);
        assertThat(chain).allSatisfy(e -> assertThat(e.getFrames()).hasSizeLessThanOrEqualTo(4_096));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at ",
                "at (",
                "at )(",
                "at a.(b)",
                "at .b(c)",
                "... x more",
                "Caused by: ",
                "Suppressed: ",
                "at a.b(c:99999999999999)"
            })
    void shouldSurviveBrokenLines(String line) {
        assertThatCode(() -> new JavaStackTraceParser().parse("java.lang.Error: x\n\t" + line + "\n" + line + "\n"))
                .doesNotThrowAnyException();
    }
}
