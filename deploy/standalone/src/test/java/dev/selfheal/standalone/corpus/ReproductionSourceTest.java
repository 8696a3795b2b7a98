package dev.selfheal.standalone.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReproductionSourceTest {

    private static final String SOURCE = """
            /* licence */
            package org.example;

            import static org.junit.Assert.assertEquals;
            import static org.junit.Assert.fail;

            import java.util.*;
            import java.util.List;
            import org.example.NewApi;
            import org.junit.Before;
            import org.junit.Rule;
            import org.junit.Test;

            /** Tests {@code Cart}. */
            public class CartTest extends AbstractCartTest<Cart> {

                private static final List<String> NAMES = List.of("a"), UNUSED = List.of(); // both
                private final Cart cart = new Cart();

                @Rule
                public final Folder folder = new Folder();

                public CartTest() {
                    super(CartTest.class);
                }

                @Before
                public void prepare() {
                    cart.clear();
                }

                @Override
                protected Cart create() {
                    return cart;
                }

                /** Uses what the old release does not have. */
                @Test
                public void testNew() {
                    NewApi.call();
                    fail();
                }

                // Why this one is here.
                @Test
                public void testNull() {
                    assertEquals(0, add(null, CartTest::one));
                    assertEquals("}", "/* not a comment */ }");
                }

                private int add(String name, Runnable then) {
                    return NAMES.indexOf(name) + new Inner().zero();
                }

                private static void one() {}

                private static final class Inner {
                    int zero() {
                        return 1;
                    }
                }

                private static final class Unused {}
            }

            class Other {}
            """;

    @Test
    void shouldKeepTheMethodAndWhatItReaches() throws Exception {
        String pruned = pruned(true);

        assertThat(pruned)
                .contains("testNull()", "int add(", "void one()", "class Inner", "List<String> NAMES", "Cart cart")
                .contains("// Why this one is here.");
    }

    @Test
    void shouldKeepWhatActsWithoutBeingMentioned() throws Exception {
        assertThat(pruned(true)).contains("prepare()", "Folder folder", "protected Cart create()", "super(");
    }

    @Test
    void shouldDropTheRestWithItsComments() throws Exception {
        assertThat(pruned(true))
                .doesNotContain("testNew", "NewApi", "class Unused", "class Other", "Uses what the old release")
                .doesNotContain("Assert.fail");
    }

    @Test
    void shouldRenameTheClassWhereverItIsMeant() throws Exception {
        assertThat(pruned(true))
                .contains("public class CartReproductionTest extends AbstractCartTest<Cart>")
                .contains("public CartReproductionTest()", "super(CartReproductionTest.class)")
                .contains("CartReproductionTest::one")
                .contains("\"/* not a comment */ }\"")
                .doesNotContain("CartTest.class)\n    }\n\n    CartTest");
    }

    @Test
    void shouldLeaveTheLayoutOfWhatStaysAlone() throws Exception {
        assertThat(pruned(true))
                .startsWith("/* licence */\npackage org.example;\n\nimport static org.junit.Assert.assertEquals;\n")
                .contains("import java.util.*;")
                .endsWith("            return 1;\n        }\n    }\n}\n");
    }

    @Test
    void shouldDropTheSuperclassAndItsOverridesWhenAsked() throws Exception {
        assertThat(pruned(false))
                .contains("public class CartReproductionTest  {")
                .doesNotContain("AbstractCartTest", "Cart create()");
    }

    @Test
    void shouldGiveTextThatParsesAgain() throws Exception {
        String pruned = pruned(true);

        String again = ReproductionSource.parse(pruned, "CartReproductionTest")
                .prunedTo("testNull", "CartReproductionTest", true);

        assertThat(again).isEqualTo(pruned);
    }

    @Test
    void shouldKeepMethodsThatAnnotationsName() throws Exception {
        String source = """
                class PTest {
                    @ParameterizedTest
                    @MethodSource("cases")
                    void test(int n) {}

                    static Stream<Integer> cases() {
                        return Stream.of(SEED);
                    }

                    static final int SEED = 1;
                    static final int OTHER = 2;
                }
                """;

        assertThat(ReproductionSource.parse(source, "PTest").prunedTo("test", "QTest", true))
                .contains("cases()", "SEED")
                .doesNotContain("OTHER");
    }

    @Test
    void shouldReadWindowsLineEnds() throws Exception {
        String pruned = ReproductionSource.parse(SOURCE.replace("\n", "\r\n"), "CartTest")
                .prunedTo("testNull", "CartReproductionTest", true);

        assertThat(pruned).isEqualTo(pruned(true));
    }

    @Test
    void shouldNameTheSuperclass() throws Exception {
        assertThat(ReproductionSource.parse(SOURCE, "CartTest").superclass()).contains("AbstractCartTest");
    }

    @Test
    void shouldSayWhenThereIsNoSuchMethod() throws Exception {
        ReproductionSource source = ReproductionSource.parse(SOURCE, "CartTest");

        assertThatThrownBy(() -> source.prunedTo("testNothing", "X", true))
                .isInstanceOf(MaterialisationException.class)
                .hasMessageContaining("testNothing");
    }

    @Test
    void shouldSayWhenTheTextIsNotJava() {
        assertThatThrownBy(() -> ReproductionSource.parse("class {", "X"))
                .isInstanceOf(MaterialisationException.class)
                .hasMessageContaining("cannot parse");
    }

    private static String pruned(boolean keepSuperclass) throws MaterialisationException {
        return ReproductionSource.parse(SOURCE, "CartTest")
                .prunedTo("testNull", "CartReproductionTest", keepSuperclass);
    }
}
