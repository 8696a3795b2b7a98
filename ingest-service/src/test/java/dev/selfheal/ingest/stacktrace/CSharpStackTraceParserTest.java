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

class CSharpStackTraceParserTest {

    private final StackTraceParser parser = new CSharpStackTraceParser();

    @Test
    void shouldGiveEachExceptionItsOwnFrames() {
        List<ExceptionInfo> chain = parser.parse(text("csharp-inner"));

        assertThat(types(chain)).containsExactly("System.InvalidOperationException", "System.NullReferenceException");
        assertThat(chain.get(0).getMessage()).contains("no price\nfor 17");
        assertThat(frames(chain.get(0)))
                .containsExactly("*Shop.Program .ctor Program.cs:7", "*Shop.Program <Main>g__Run| Program.cs:3");
        assertThat(frames(chain.get(1)))
                .containsExactly(
                        "*Shop.Cart Total Cart.cs:12",
                        "*Shop.Cart.<>c__DisplayClass <Price>b__ Cart.cs:20",
                        "System.Linq.Enumerable.SelectListIterator`2 MoveNext -:0",
                        "*Shop.Cart PriceAsync Cart.cs:31");
    }

    @Test
    void shouldTakeTheFirstInnerExceptionOfAnAggregate() {
        List<ExceptionInfo> chain = parser.parse(text("csharp-framework"));

        assertThat(types(chain)).containsExactly("System.AggregateException", "Shop.CartException");
        assertThat(chain.get(0).getMessage()).contains("One or more errors occurred.");
        assertThat(frames(chain.get(0)))
                .containsExactly("System.Threading.Tasks.Task ThrowIfExceptional -:0", "*Shop.Program Main -:0");
        assertThat(frames(chain.get(1))).containsExactly("*Shop.Cart Total -:0");
    }

    @Test
    void shouldNotTakeAnArrowInAMessageForAnInnerException() {
        List<ExceptionInfo> chain = parser.parse("Shop.E: a ---> 7 b\n   at Shop.A.B()");

        assertThat(types(chain)).containsExactly("Shop.E");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   at Shop.A.B()", "--- End of inner exception stack trace ---", "7: x"})
    void shouldFindNothingWhereThereIsNothing(String text) {
        assertThat(parser.parse(text)).isEmpty();
    }
}
