package dev.selfheal.ingest.grouping;

import static dev.selfheal.ingest.Traces.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import dev.selfheal.ingest.stacktrace.StackTraceParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrapped, suppressed and cross-thread exceptions; other languages. */
class ChainGroupingTest {

    private static final String CAUSE =
            "java.lang.IllegalStateException: no stock\n\tat org.example.Stock.take(Stock.java:1)\n\tat org.example.Cart.buy(Cart.java:2)\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.concurrent.ExecutionException: java.lang.IllegalStateException: no stock",
                "java.util.concurrent.CompletionException: java.lang.IllegalStateException: no stock",
                "java.lang.reflect.InvocationTargetException",
                "java.lang.reflect.UndeclaredThrowableException",
                "org.springframework.web.util.NestedServletException: Request processing failed"
            })
    void shouldNotDependOnWhatWrapsTheCause(String wrapper) {
        assertThat(group(wrapper + "\n\tat org.example.Web.get(Web.java:3)\nCaused by: " + CAUSE))
                .isEqualTo(group(CAUSE));
    }

    @Test
    void shouldNotDependOnWhatWasSuppressed() {
        String suppressed =
                CAUSE + "\tSuppressed: java.io.IOException: close\n\t\tat org.example.Res.close(Res.java:9)\n";

        assertThat(group(suppressed)).isEqualTo(group(CAUSE));
    }

    @Test
    void shouldPlaceACauseFromALibraryThreadWhereOwnCodeWaitedForIt() {
        ErrorGroup group = group("""
                java.util.concurrent.ExecutionException: java.net.ConnectException: Connection refused
                \tat java.base/java.util.concurrent.CompletableFuture.get(CompletableFuture.java:396)
                \tat org.example.Prices.load(Prices.java:12)
                Caused by: java.net.ConnectException: Connection refused
                \tat java.base/sun.nio.ch.Net.pollConnect(Native Method)
                \tat io.netty.channel.Loop.run(Loop.java:5)
                """);

        assertThat(group.type()).isEqualTo("java.net.ConnectException");
        assertThat(group.frame()).isEqualTo("org.example.Prices.load");
    }

    @Test
    void shouldPlaceAPythonErrorCaughtInALibraryInOwnCode() {
        ErrorGroup group = groupOf(ErrorEventDraft.of("cart", parse("python", """
                Traceback (most recent call last):
                  File "/usr/lib/python3.11/site-packages/urllib3/connection.py", line 174, in _new_conn
                    conn = connect()
                ConnectionRefusedError: [Errno 111] Connection refused

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "/srv/app/prices.py", line 12, in load
                    requests.get(url)
                  File "/usr/lib/python3.11/site-packages/requests/api.py", line 73, in get
                    return request()
                requests.exceptions.ConnectionError: refused
                """)));

        assertThat(group.frame()).isEqualTo("app.prices.load");
        assertThat(group.type()).isEqualTo("ConnectionRefusedError");
    }

    @Test
    void shouldGroupAJavaScriptBundleTheSameAfterARebuild() {
        assertThat(bundle("index-BfG3x9Qk")).isEqualTo(bundle("index-Zk81mQ2x"));
        assertThat(bundle("main.8f3b2c1d")).isEqualTo(bundle("main.0a1b2c3d"));
    }

    @Test
    void shouldGroupAGoClosureTheSameWhenAnotherIsAddedBeforeIt() {
        assertThat(closure("func1")).isEqualTo(closure("func2"));
    }

    private static ErrorGroup bundle(String name) {
        return groupOf(ErrorEventDraft.of(
                "web",
                parse(
                        "javascript",
                        "TypeError: x is undefined\n    at total (https://shop.example/assets/" + name
                                + ".js:2:41)\n")));
    }

    private static ErrorGroup closure(String name) {
        return groupOf(ErrorEventDraft.of(
                "web",
                parse(
                        "go",
                        "panic: boom\n\ngoroutine 1 [running]:\nexample.com/shop.Serve." + name
                                + "(0xc000)\n\t/srv/shop/serve.go:12 +0x1d\n")));
    }

    private static List<ExceptionInfo> parse(String platform, String text) {
        return StackTraceParser.of(platform).orElseThrow().parse(text);
    }

    private static ErrorGroup groupOf(ErrorEventDraft draft) {
        return Grouping.group(draft, GroupingRules.INFERRED);
    }
}
