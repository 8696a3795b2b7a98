package dev.selfheal.ingest.stacktrace;

import static dev.selfheal.ingest.stacktrace.TraceFixtures.frames;
import static dev.selfheal.ingest.stacktrace.TraceFixtures.text;
import static dev.selfheal.ingest.stacktrace.TraceFixtures.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonStackTraceParserTest {

    private final StackTraceParser parser = new PythonStackTraceParser();

    @Test
    void shouldReadACauseWithItsMessageOfSeveralLines() {
        List<ExceptionInfo> chain = parser.parse(text("python-cause"));

        assertThat(types(chain)).containsExactly("shop.cart.CartError", "KeyError");
        assertThat(chain.get(0).getMessage()).contains("no price\nfor 17");
        assertThat(chain.get(1).getMessage()).contains("'price'");
        assertThat(frames(chain.get(0))).containsExactly("*shop.cart price cart.py:9", "*main <module> main.py:5");
        assertThat(frames(chain.get(1)))
                .containsExactly(
                        "*shop.cart <genexpr> cart.py:4", "*shop.cart total cart.py:4", "*shop.cart price cart.py:7");
    }

    @Test
    void shouldTakeWhatWasHandledForTheCause() {
        assertThat(types(parser.parse(text("python-context"))))
                .containsExactly("KeyError", "shop.cart.CartError", "KeyError");
    }

    @Test
    void shouldTellTheStandardLibrary() {
        ExceptionInfo error = parser.parse(text("python-lib")).get(0);

        assertThat(error.getType()).isEqualTo("json.decoder.JSONDecodeError");
        assertThat(frames(error))
                .containsExactly(
                        "json.decoder raw_decode decoder.py:353",
                        "json.decoder decode decoder.py:337",
                        "json loads __init__.py:346",
                        "*main <module> main.py:9");
    }

    @Test
    void shouldTakeThePlaceOfASyntaxErrorForItsFrame() {
        ExceptionInfo error = parser.parse(text("python-syntax")).get(0);

        assertThat(error.getType()).isEqualTo("SyntaxError");
        assertThat(frames(error)).startsWith("*shop.x <module> x.py:1");
    }

    @Test
    void shouldTakeTheFirstMemberOfAnExceptionGroupForItsCause() {
        List<ExceptionInfo> chain = parser.parse(text("python-group"));

        assertThat(types(chain))
                .containsExactly("ExceptionGroup", "shop.cart.CartError", "shop.cart.CartError", "KeyError");
        assertThat(chain.get(0).getMessage()).contains("several (2 sub-exceptions)");
        assertThat(frames(chain.get(0))).containsExactly("*shop.cart group cart.py:19", "*main <module> main.py:8");
    }

    @Test
    void shouldReadAnErrorWithoutMessage() {
        assertThat(parser.parse(text("python-assert"))).singleElement().satisfies(error -> {
            assertThat(error.getType()).isEqualTo("AssertionError");
            assertThat(error.getMessage()).isEmpty();
        });
    }

    @Test
    void shouldReadRecursionWhosePrintWasShortened() {
        ExceptionInfo error = parser.parse(text("python-deep")).get(0);

        assertThat(error.getType()).isEqualTo("RecursionError");
        assertThat(frames(error)).hasSize(4).startsWith("*shop.cart deep cart.py:16");
    }

    @Test
    void shouldReadAnIndentedTraceBehindLogOutput() {
        String trace = "ERROR:root:failed\n" + text("python-lib").indent(4);

        assertThat(types(parser.parse(trace))).containsExactly("json.decoder.JSONDecodeError");
    }

    @Test
    void shouldKeepTheInnermostFramesOfAnEndlessTrace() {
        String frames = "  File \"a.py\", line 1, in outer\n" + "  File \"a.py\", line 2, in f\n".repeat(5_000);

        assertThat(frames(parser.parse("Traceback (most recent call last):\n" + frames + "E: x")
                        .get(0)))
                .hasSize(StackTraceParser.MAX_FRAMES)
                .doesNotContain("*a outer a.py:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "KeyError: 'x'",
                "Traceback (most recent call last):",
                "java.lang.Error\n\tat a.B.c(B.java:1)"
            })
    void shouldFindNothingWhereThereIsNothing(String text) {
        assertThat(parser.parse(text)).isEmpty();
    }

    @Test
    void shouldPlaceAnErrorOfATaskGroupWhereTheTaskFailed() {
        String trace = """
                  + Exception Group Traceback (most recent call last):
                  |   File "/srv/shop/main.py", line 8, in main
                  |     async with asyncio.TaskGroup() as tg:
                  | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
                  +-+---------------- 1 ----------------
                    | Exception Group Traceback (most recent call last):
                    |   File "/srv/shop/inner.py", line 3, in inner
                    | ExceptionGroup: inner (2 sub-exceptions)
                    +-+---------------- 1 ----------------
                      | Traceback (most recent call last):
                      |   File "/srv/shop/cart.py", line 4, in run
                      | KeyError: 'a'
                      |\s
                      | During handling of the above exception, another exception occurred:
                      |\s
                      | Traceback (most recent call last):
                      |   File "/srv/shop/cart.py", line 6, in run
                      | ValueError: b
                      +---------------- 2 ----------------
                      | Traceback (most recent call last):
                      |   File "/srv/shop/db.py", line 4, in run
                      | OSError: c
                      +------------------------------------
                    +---------------- 2 ----------------
                    | Traceback (most recent call last):
                    |   File "/srv/shop/other.py", line 4, in run
                    | OSError: d
                    +------------------------------------

                The above exception was the direct cause of the following exception:

                Traceback (most recent call last):
                  File "/srv/shop/main.py", line 12, in serve
                    main()
                RuntimeError: outer
                """;

        List<ExceptionInfo> chain = parser.parse(trace);

        assertThat(types(chain))
                .containsExactly("RuntimeError", "ExceptionGroup", "ExceptionGroup", "ValueError", "KeyError");
        assertThat(frames(chain.get(4))).containsExactly("*shop.cart run cart.py:4");
        assertThat(chain.get(1).getMessage()).contains("unhandled errors in a TaskGroup (2 sub-exceptions)");
    }
}
