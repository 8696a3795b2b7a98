package dev.selfheal.ingest.stacktrace;

import static dev.selfheal.ingest.stacktrace.TraceFixtures.frames;
import static dev.selfheal.ingest.stacktrace.TraceFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoStackTraceParserTest {

    private final StackTraceParser parser = new GoStackTraceParser();

    /** As Go prints it since 1.23 when the runtime throws, and with {@code GOTRACEBACK=system}. */
    @Test
    void shouldReadTheHeaderWithRegisters() {
        String trace = """
                fatal error: concurrent map writes

                goroutine 1 gp=0xc000006380 m=0 mp=0x5a2ce0 [running]:
                main.main()
                \t/srv/m.go:1 +0x1 fp=0xc00010af28 sp=0xc00010aef8 pc=0x46d1f4
                """;

        List<ExceptionInfo> chain = parser.parse(trace);

        assertThat(TraceLanguage.of(trace)).isEqualTo("go");
        assertThat(chain).hasSize(1);
        assertThat(chain.get(0).getFrames()).extracting(StackFrame::getFunction).containsExactly("main");
    }

    @Test
    void shouldReadAPanicWithoutWhatHandlesIt() {
        ExceptionInfo panic = parser.parse(text("go-panic")).get(0);

        assertThat(panic.getType()).isEqualTo("runtime.Error");
        assertThat(panic.getMessage()).contains("index out of range [5] with length 3");
        assertThat(frames(panic))
                .containsExactly(
                        "*example.com/shop/cart (*Cart).Total cart.go:12",
                        "*example.com/shop/cart Price[...] price.go:20",
                        "github.com/gorilla/mux (*Router).ServeHTTP mux.go:210",
                        "*main main.func1 main.go:8",
                        "*main main main.go:7");
    }

    @Test
    void shouldReadAStackWithoutPanic() {
        ExceptionInfo error = parser.parse(text("go-stack")).get(0);

        assertThat(error.getType()).isEqualTo("error");
        assertThat(error.getMessage()).isEmpty();
        assertThat(frames(error))
                .containsExactly(
                        "runtime/debug Stack stack.go:26", "*main (*Cart).Total cart.go:12", "*main main main.go:8");
    }

    @ParameterizedTest
    @CsvSource({
        "panic: no price, panic, no price",
        "panic: runtime error: x, runtime.Error, x",
        "fatal error: all goroutines are asleep - deadlock!, fatal error, all goroutines are asleep - deadlock!"
    })
    void shouldTellTypeAndMessage(String header, String type, String message) {
        ExceptionInfo error = parser.parse(header + "\n\ngoroutine 1 [running]:\nmain.main()\n\t/srv/m.go:1 +0x1\n")
                .get(0);

        assertThat(error.getType()).isEqualTo(type);
        assertThat(error.getMessage()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "panic: x", "main.main()\n\t/srv/m.go:1"})
    void shouldFindNothingWhereThereIsNothing(String text) {
        assertThat(parser.parse(text)).isEmpty();
    }
}
