package dev.selfheal.patch.localise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ErrorEvent;
import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.event.StackFrame;
import dev.selfheal.event.SuspectLocation;
import dev.selfheal.patch.StackTraces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultLocaliserTest {

    private static final String CART = """
            package shop;

            class Cart {
                int size = count(null);

                Cart() {
                    count("");
                }

                static int count(String lines) {
                    return lines.length();
                }

                static class Line {
                    Runnable price = () -> {
                        count("a");
                    };

                    void total() {
                        if (count("b") > 0
                                && count("c") > 0) {
                            count("d");
                        }
                    }
                }
            }
            """;

    @TempDir
    Path root;

    @Test
    void shouldSuspectTheFileAndLineOfALanguageThatIsNotParsed() throws IOException {
        write("src/cart.py", "def total(lines):\n    return sum(lines) / len(lines)\n");
        write("tests/test_cart.py", "def test_total():\n    assert total([]) == 0\n");
        ExceptionInfo thrown = ExceptionInfo.newBuilder()
                .setType("ZeroDivisionError")
                .setMessage("division by zero")
                .setFrames(List.of(
                        new StackFrame("src.cart", "total", "cart.py", 2, true),
                        new StackFrame("tests.test_cart", "test_total", "test_cart.py", 2, true)))
                .build();
        ErrorEvent event = ErrorEvent.newBuilder(StackTraces.event("java.lang.Error"))
                .setPlatform("python")
                .setExceptions(List.of(thrown))
                .build();

        Localisation found = FaultLocaliser.localise(root, event);

        assertThat(found.sites()).isEmpty();
        assertThat(found.suspects()).extracting(SuspectLocation::getPath).containsExactly("src/cart.py");
        assertThat(found.suspects()).extracting(SuspectLocation::getLine).containsExactly(2);
        assertThat(found.tests()).extracting(SuspectLocation::getPath).containsExactly("tests/test_cart.py");
    }

    @Test
    void shouldFindTheInnermostFrameFirstAndItsCallersBehindIt() throws IOException {
        write("src/main/java/shop/Cart.java", CART);

        Localisation found = localise("""
                java.lang.NullPointerException
                \tat java.lang.String.length(String.java:1)
                \tat shop.Cart.count(Cart.java:11)
                \tat shop.Cart.<init>(Cart.java:7)
                """);

        assertThat(found.sites()).extracting(FaultSite::line).containsExactly(11, 7);
        assertThat(found.sites().get(0).score()).isEqualTo(1);
        assertThat(found.sites().get(1).score()).isLessThan(1);
        assertThat(found.sites().get(0).callee()).hasValueSatisfying(callee -> {
            assertThat(callee.method()).isEqualTo("length");
            assertThat(callee.inApp()).isFalse();
        });
        assertThat(found.sites().get(1).callee()).hasValueSatisfying(callee -> {
            assertThat(callee.inApp()).isTrue();
            assertThat(callee.parameters()).containsExactly("lines");
        });
    }

    @Test
    void shouldFindNestedClassesLambdasAndFieldInitialisers() throws IOException {
        write("src/main/java/shop/Cart.java", CART);

        Localisation found = localise("""
                java.lang.NullPointerException
                \tat shop.Cart$Line.lambda$new$0(Cart.java:16)
                \tat shop.Cart$Line$$Lambda$14/0x0001.run(Unknown Source)
                \tat shop.Cart$Line.total(Cart.java:22)
                \tat shop.Cart.<init>(Cart.java:4)
                """);

        assertThat(found.sites()).extracting(FaultSite::line).containsExactly(16, 22, 4);
        assertThat(found.sites().get(2).statement()).isEmpty();
    }

    @Test
    void shouldSeeTheLineOfAConditionThatSpansSeveral() throws IOException {
        write("src/main/java/shop/Cart.java", CART);

        Localisation found = localise("""
                java.lang.NullPointerException
                \tat shop.Cart$Line.total(Cart.java:21)
                """);

        FaultSite site = found.sites().get(0);
        assertThat(site.statement())
                .hasValueSatisfying(
                        statement -> assertThat(statement.isIfStmt()).isTrue());
        assertThat(site.expressions())
                .extracting(site::textOf)
                .contains("count(\"c\")")
                .doesNotContain("count(\"d\")");
    }

    @Test
    void shouldFindSourcesInAnyModule() throws IOException {
        write("billing/core/src/main/java/shop/Cart.java", CART);
        write("web/src/main/java/other/Cart.java", CART.replace("package shop", "package other"));

        assertThat(localise("java.lang.NullPointerException\n\tat shop.Cart.count(Cart.java:11)\n")
                        .suspects())
                .extracting(SuspectLocation::getPath)
                .containsExactly("billing/core/src/main/java/shop/Cart.java");
    }

    @Test
    void shouldNeverSuspectTests() throws IOException {
        write("src/test/java/shop/Cart.java", CART);

        Localisation found = localise("java.lang.NullPointerException\n\tat shop.Cart.count(Cart.java:11)\n");

        assertThat(found.suspects()).isEmpty();
        assertThat(found.tests()).extracting(SuspectLocation::getLine).containsExactly(11);
    }

    @Test
    void shouldSuspectTheMethodAloneWhenTheLineIsNotInIt() throws IOException {
        write("src/main/java/shop/Cart.java", CART);

        Localisation found = localise("java.lang.NullPointerException\n\tat shop.Cart.count(Cart.java:19)\n");

        assertThat(found.sites()).isEmpty();
        assertThat(found.suspects()).extracting(SuspectLocation::getLine).containsExactly(0);
    }

    @Test
    void shouldPutTheRootCauseBeforeWhatWrapsIt() throws IOException {
        write("src/main/java/shop/Cart.java", CART);

        Localisation found = localise("""
                java.lang.IllegalStateException: wrapped
                \tat shop.Cart.<init>(Cart.java:7)
                Caused by: java.lang.NullPointerException
                \tat shop.Cart.count(Cart.java:11)
                \t... 1 more
                """);

        assertThat(found.sites()).extracting(FaultSite::line).containsExactly(11, 7);
    }

    @Test
    void shouldCountARecursionOnce() throws IOException {
        write("src/main/java/shop/Cart.java", CART);

        Localisation found =
                localise("java.lang.StackOverflowError\n" + "\tat shop.Cart.count(Cart.java:11)\n".repeat(500));

        assertThat(found.suspects()).hasSize(1);
    }

    @Test
    void shouldFindNothingInAForeignTree() throws IOException {
        write("target/generated/src/main/java/shop/Cart.java", CART);

        Localisation found = localise("java.lang.NullPointerException\n\tat shop.Cart.count(Cart.java:11)\n");

        assertThat(found.suspects()).isEmpty();
        assertThat(found.tests()).isEmpty();
    }

    private Localisation localise(String trace) throws IOException {
        return FaultLocaliser.localise(root, StackTraces.event(trace));
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }
}
