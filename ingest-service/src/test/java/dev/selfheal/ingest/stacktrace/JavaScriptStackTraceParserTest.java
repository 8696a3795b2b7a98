package dev.selfheal.ingest.stacktrace;

import static dev.selfheal.ingest.stacktrace.TraceFixtures.frames;
import static dev.selfheal.ingest.stacktrace.TraceFixtures.text;
import static dev.selfheal.ingest.stacktrace.TraceFixtures.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaScriptStackTraceParserTest {

    private final StackTraceParser parser = new JavaScriptStackTraceParser();

    @Test
    void shouldReadWhatNodePrintsWhenItDies() {
        List<ExceptionInfo> chain = parser.parse(text("node-cause"));

        assertThat(types(chain)).containsExactly("CartError", "TypeError");
        assertThat(chain.get(0).getMessage()).contains("no price\nfor 17");
        assertThat(chain.get(1).getMessage()).contains("Cannot read properties of undefined (reading 'length')");
        assertThat(frames(chain.get(0)))
                .containsExactly(
                        "*cart price cart.js:3",
                        "*cart Object.<anonymous> cart.js:5",
                        "internal/main/run_main_module <anonymous> run_main_module:28");
        assertThat(frames(chain.get(1)))
                .startsWith("*cart Cart.total cart.js:2", "*cart Cart.of cart.js:2", "*cart price cart.js:3")
                .contains("internal/modules/run_main Function.executeUserEntryPoint run_main:164");
    }

    @ParameterizedTest
    @CsvSource({
        "node-getter, *cart get sum cart.js:2",
        "node-anon, *cart <anonymous> cart.js:8",
        "node-anon, <native> Array.forEach -:0",
        "node-ctor, *cart new A cart.js:9",
        "node-eval, *cart eval cart.js:10",
        "node-lib, fs Object.openSync node:fs:573",
        "node-async, *cart b cart.js:14",
        "node-promiseall, <native> Promise.all -:0"
    })
    void shouldReadEveryFormOfV8(String fixture, String frame) {
        assertThat(frames(parser.parse(text(fixture)).get(0))).contains(frame);
    }

    @Test
    void shouldReadAnErrorWithoutMessage() {
        assertThat(parser.parse(text("node-nomsg"))).singleElement().satisfies(error -> {
            assertThat(error.getType()).isEqualTo("Error");
            assertThat(error.getMessage()).isEmpty();
        });
    }

    @Test
    void shouldLeaveOutWhatAnAggregateCollected() {
        assertThat(types(parser.parse(text("node-agg")))).containsExactly("AggregateError");
    }

    @Test
    void shouldReadFirefoxWhichPrintsNoHeader() {
        ExceptionInfo error = parser.parse(text("firefox")).get(0);

        assertThat(error.getType()).isEqualTo("Error");
        assertThat(frames(error))
                .startsWith(
                        "*cart total cart.js:2",
                        "*cart Cart.of cart.js:2",
                        "lib/price price price.js:3",
                        "*main <anonymous> main.js:5");
    }

    @Test
    void shouldReadSafari() {
        assertThat(frames(parser.parse(text("safari")).get(0))).contains("*cart total cart.js:2");
    }

    @ParameterizedTest
    @CsvSource({
        "Uncaught TypeError: x, TypeError",
        "Uncaught (in promise) a.b.C: x, a.b.C",
        "'TypeError [ERR_INVALID_ARG_TYPE]: x', TypeError"
    })
    void shouldTellTheType(String header, String type) {
        ExceptionInfo error =
                parser.parse(header + "\n    at f (/srv/a.js:1:2)").get(0);

        assertThat(error.getType()).isEqualTo(type);
        assertThat(error.getMessage()).contains("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "    at best", "  at (", "[cause]: "})
    void shouldFindNothingWhereThereIsNothing(String text) {
        assertThat(parser.parse(text)).isEmpty();
    }
}
