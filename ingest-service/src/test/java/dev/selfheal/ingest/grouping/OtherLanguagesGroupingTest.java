package dev.selfheal.ingest.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.stacktrace.StackTraceParser;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tells two faults apart, or one fault's errors together, where languages other than Java have their own ways. */
class OtherLanguagesGroupingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // a file's name is not enough: each app has one of that name
                "/srv/app/users/views.py|get|KeyError: 'id'|/srv/app/orders/views.py|get|KeyError: 'id'",
                "/a/shop/v.py|get|AttributeError: 'NoneType' object has no attribute 'price'|/a/shop/v.py|get|AttributeError: 'NoneType' object has no attribute 'token'",
                "/a/shop/v.py|get|NameError: name 'foo' is not defined|/a/shop/v.py|get|NameError: name 'bar' is not defined",
                "/a/shop/v.py|get|ModuleNotFoundError: No module named 'a.b'|/a/shop/v.py|get|ModuleNotFoundError: No module named 'a.c'"
            })
    void shouldTellPythonsFaultsApart(
            String file, String function, String error, String otherFile, String otherFunction, String otherError) {
        assertThat(python(file, function, error)).isNotEqualTo(python(otherFile, otherFunction, otherError));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/srv/app/shop/v.py|KeyError: 'a'|/home/jane/app/shop/v.py|KeyError: 'b'",
                "/app/v.py|KeyError: 'a'|/srv/releases/20261122/v.py|KeyError: 'b'",
                "/a/shop/v.py|NameError: name 'foo' is not defined. Did you mean: 'for'?|/a/shop/v.py|NameError: name 'foo' is not defined"
            })
    void shouldKeepPythonsFaultTogether(String file, String error, String otherFile, String otherError) {
        assertThat(python(file, "get", error)).isEqualTo(python(otherFile, "get", otherError));
    }

    @Test
    void shouldTellTheTasksOfATaskGroupApart() {
        assertThat(task("KeyError: 'a'", "cart.py"))
                .isEqualTo(task("KeyError: 'b'", "cart.py"))
                .isNotEqualTo(task("ConnectionRefusedError: [Errno 111]", "db.py"));
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/app/api/users/route.js:3:9, /srv/app/api/orders/route.js:8:2",
        "src/jobs/add.js:3:9, src/jobs/feed.js:3:9"
    })
    void shouldTellJavaScriptsFilesApart(String place, String otherPlace) {
        assertThat(group("javascript", "Error: x\n    at run (" + place + ")"))
                .isNotEqualTo(group("javascript", "Error: x\n    at run (" + otherPlace + ")"));
    }

    @Test
    void shouldTellGoPackagesWhoseNamesAreHexDigitsApart() {
        assertThat(go("github.com/acme/shop/feed.Load")).isNotEqualTo(go("github.com/acme/shop/facade.Load"));
    }

    @ParameterizedTest
    @CsvSource({
        "main.serve.gowrap1, main.serve.gowrap2",
        "main.serve-range1, main.serve-range2",
        "main.f.deferwrap1, main.f.deferwrap3"
    })
    void shouldNotCountWhatGoCounts(String function, String otherFunction) {
        assertThat(go(function)).isEqualTo(go(otherFunction));
    }

    @Test
    void shouldNotPlaceAKotlinErrorAtTheBoundaryOfACoroutine() {
        assertThat(coroutine("com.acme.Cart.total")).isNotEqualTo(coroutine("com.acme.Order.place"));
    }

    @Test
    void shouldNotDependOnWhereARecursionOfTwoFunctionsRanOutOfStack() {
        assertThat(group("python", pythonRecursion(0))).isEqualTo(group("python", pythonRecursion(1)));
        for (String error :
                List.of("RangeError: Maximum call stack size exceeded", "InternalError: too much recursion")) {
            assertThat(group("javascript", javaScriptRecursion(error, 0)))
                    .isEqualTo(group("javascript", javaScriptRecursion(error, 1)));
        }
    }

    private static String python(String file, String function, String error) {
        return group(
                "python",
                "Traceback (most recent call last):\n  File \"/usr/lib/python3/dist-packages/django/core/base.py\", line 197, in call\n"
                        + "  File \"" + file + "\", line 12, in " + function + "\n    x = y['id']\n" + error + "\n");
    }

    private static String task(String error, String file) {
        return group("python", """
                  + Exception Group Traceback (most recent call last):
                  |   File "/srv/shop/main.py", line 8, in main
                  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)
                  +-+---------------- 1 ----------------
                    | Traceback (most recent call last):
                    |   File "/srv/shop/%s", line 4, in run
                    | %s
                    +------------------------------------
                """.formatted(file, error));
    }

    private static String go(String function) {
        return group("go", "panic: boom\n\ngoroutine 1 [running]:\n" + function + "(0x2)\n\t/src/x.go:12 +0x1d\n");
    }

    private static String coroutine(String own) {
        return group("java", """
                java.lang.IllegalStateException: boom
                \tat io.ktor.client.call.HttpClientCall.body(HttpClientCall.kt:88)
                \tat _COROUTINE._BOUNDARY._(CoroutineDebugging.kt:42)
                \tat %s(X.kt:4)
                """.formatted(own));
    }

    private static String pythonRecursion(int first) {
        return IntStream.range(first, first + 900)
                .mapToObj(i -> "  File \"/srv/app/t.py\", line 3, in " + (i % 2 == 0 ? "even" : "odd"))
                .collect(Collectors.joining(
                        "\n",
                        "Traceback (most recent call last):\n",
                        "\nRecursionError: maximum recursion depth exceeded\n"));
    }

    private static String javaScriptRecursion(String error, int first) {
        return IntStream.range(first, first + 10)
                .mapToObj(i -> "    at " + (i % 2 == 0 ? "even" : "odd") + " (/srv/app/t.js:1:1)")
                .collect(Collectors.joining("\n", error + "\n", "\n"));
    }

    private static String group(String platform, String trace) {
        List<ExceptionInfo> chain = StackTraceParser.of(platform).orElseThrow().parse(trace);
        return Grouping.group(OwnFrames.mark(ErrorEventDraft.of("shop", chain), List.of()), GroupingRules.INFERRED)
                .key();
    }
}
