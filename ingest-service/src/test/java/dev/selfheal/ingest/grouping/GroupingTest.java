package dev.selfheal.ingest.grouping;

import static dev.selfheal.ingest.Traces.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.ExceptionInfo;
import dev.selfheal.ingest.draft.ErrorEventDraft;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupingTest {

    private static final String TRACE = """
            java.lang.IllegalArgumentException: no item 17 in 'cart-9'
            \tat java.base/java.util.Objects.requireNonNull(Objects.java:209)
            \tat org.example.Cart.find(Cart.java:42)
            \tat org.example.Cart.lambda$total$3(Cart.java:50)
            \tat org.example.Cart$$Lambda$14/0x0000000800c03000.apply(Unknown Source)
            \tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
            \tat org.example.CartResource.get(CartResource.java:17)
            \tat org.springframework.web.Dispatcher.doGet(Dispatcher.java:9)
            """;

    @Test
    void shouldHaveVersionedKeyAndHexVariant() {
        ErrorGroup group = group(TRACE);

        assertThat(group.key()).matches("v3:[0-9a-f]{32}");
        assertThat(group.variant()).matches("[0-9a-f]{16}");
    }

    /** The key is published and stored: a change of the algorithm needs a new version. */
    @Test
    void shouldKeepTheKeyOfVersionThree() {
        assertThat(group(TRACE).key()).isEqualTo("v3:ee9d7b77360ce8664214fb28b2472b07");
        assertThat(group(TRACE).variant()).isEqualTo("c4f58e781a18ea77");
    }

    @Test
    void shouldTellItsParts() {
        ErrorGroup group = group(TRACE);

        assertThat(group.type()).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(group.frame()).isEqualTo("org.example.Cart.find");
        assertThat(group.message()).isEqualTo("no item <num> in <str>");
    }

    @ParameterizedTest
    @CsvSource({
        "Cart.java:42, Cart.java:4711",
        "no item 17, no item 4",
        "'cart-9', 'another one'",
        "lambda$total$3, lambda$total$12",
        "$$Lambda$14/0x0000000800c03000, $$Lambda/0x00007f0012345678",
        "java.base/java.util, java.base@21.0.2/java.util",
        "at org.example.Cart.find, at app//org.example.Cart.find",
        "org.springframework.web.Dispatcher.doGet, org.apache.catalina.Valve.invoke"
    })
    void shouldKeepGroupAndVariantWhenOnlyWhatVariesChanges(String from, String to) {
        ErrorGroup changed = group(TRACE.replace(from, to));

        assertThat(TRACE).contains(from);
        assertThat(changed).isEqualTo(group(TRACE));
    }

    @ParameterizedTest
    @CsvSource({
        "IllegalArgumentException, IllegalStateException",
        "Cart.find, Cart.lookUp",
        "org.example.Cart.find, org.example.Basket.find",
        "no item, no customer"
    })
    void shouldChangeGroupWhenTypePlaceOrMessageDiffers(String from, String to) {
        assertThat(group(TRACE.replace(from, to)).key())
                .isNotEqualTo(group(TRACE).key());
    }

    @Test
    void shouldChangeVariantOnlyWhenTheCallerDiffers() {
        ErrorGroup changed = group(TRACE.replace("CartResource.get", "CartResource.delete"));

        assertThat(changed.key()).isEqualTo(group(TRACE).key());
        assertThat(changed.variant()).isNotEqualTo(group(TRACE).variant());
    }

    @Test
    void shouldKeepServicesApart() {
        List<ExceptionInfo> chain = List.of(new ExceptionInfo("a.E", null, List.of()));

        assertThat(Grouping.group(ErrorEventDraft.of("a", chain), GroupingRules.INFERRED)
                        .key())
                .isNotEqualTo(Grouping.group(ErrorEventDraft.of("b", chain), GroupingRules.INFERRED)
                        .key());
    }

    @Test
    void shouldBeLedByTheRootCause() {
        String cause =
                "java.io.IOException: closed\n\tat org.example.Store.read(Store.java:1)\n\tat org.example.A.a(A.java:2)\n";
        String wrapped = "java.lang.RuntimeException: wrapped\n\tat org.example.A.a(A.java:3)\nCaused by: " + cause;

        assertThat(group(wrapped)).isEqualTo(group(cause));
    }

    @Test
    void shouldNotDependOnDepthOfRecursion() {
        String round = "\tat org.example.Tree.walk(Tree.java:5)\n\tat org.example.Tree.visit(Tree.java:9)\n";
        String top = "java.lang.IllegalStateException: x\n\tat org.example.Leaf.check(Leaf.java:1)\n";
        String bottom = "\tat org.example.Main.main(Main.java:1)\n";

        assertThat(group(top + round.repeat(3) + bottom)).isEqualTo(group(top + round.repeat(40) + bottom));
    }

    @Test
    void shouldNotDependOnWhereTheStackOverflowed() {
        String a = "\tat org.example.Tree.walk(Tree.java:5)\n";
        String b = "\tat org.example.Tree.visit(Tree.java:9)\n";
        String overflow = "java.lang.StackOverflowError\n";
        String leaf = "\tat org.example.Leaf.check(Leaf.java:1)\n";

        assertThat(group(overflow + (a + b).repeat(500)))
                .isEqualTo(group(overflow + (b + a).repeat(500)))
                .isEqualTo(group(overflow + leaf + (a + b).repeat(500)));
    }

    @Test
    void shouldFallBackToNearestFrameOutsideThePlatformWhenNoneIsOwn() {
        ErrorGroup group = group("""
                java.lang.NullPointerException
                \tat java.base/java.util.Objects.requireNonNull(Objects.java:209)
                \tat org.apache.commons.lang3.StringUtils.strip(StringUtils.java:1)
                \tat org.junit.jupiter.engine.Runner.run(Runner.java:1)
                """);

        assertThat(group.frame()).isEqualTo("org.apache.commons.lang3.StringUtils.strip");
    }

    @Test
    void shouldFallBackToTopFrameWhenAllIsPlatform() {
        assertThat(group("java.lang.Error\n\tat java.base/java.lang.Thread.run(Thread.java:1)\n")
                        .frame())
                .isEqualTo("java.lang.Thread.run");
    }

    @Test
    void shouldGroupWithoutAnyFrame() {
        assertThat(group("java.lang.OutOfMemoryError: Java heap space").frame()).isEmpty();
    }

    @Test
    void shouldTakeTheProxiedClassForItsProxy() {
        String proxied = TRACE.replace("org.example.Cart.find", "org.example.Cart$$EnhancerBySpringCGLIB$$7f3a.find");

        assertThat(group(proxied).frame()).isEqualTo("org.example.Cart.find");
    }
}
