package dev.selfheal.patch.localise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.event.StackFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceIndexTest {

    @TempDir
    Path root;

    @Test
    void shouldIndexOnlyTheSubdirectory() throws IOException {
        write("a/src/main/java/shop/Cart.java");
        write("b/src/main/java/shop/Cart.java");

        assertThat(SourceIndex.of(root, "b").find(frame("shop.Cart", null))).contains("b/src/main/java/shop/Cart.java");
    }

    @Test
    void shouldPreferMainSourcesToTestSources() throws IOException {
        write("src/test/java/shop/Cart.java");
        write("module/src/main/java/shop/Cart.java");

        assertThat(SourceIndex.of(root, "").find(frame("shop.Cart", "Cart.java")))
                .contains("module/src/main/java/shop/Cart.java");
    }

    @Test
    void shouldFindASecondTopLevelClassByTheFileOfTheFrame() throws IOException {
        write("src/main/java/shop/Cart.java");

        assertThat(SourceIndex.of(root, "").find(frame("shop.Helper$1", "Cart.java")))
                .contains("src/main/java/shop/Cart.java");
    }

    @Test
    void shouldKeepPackagesThatAreNamedLikeBuildOutput() throws IOException {
        write("src/main/java/shop/build/Cart.java");
        write("build/src/main/java/shop/Cart.java");

        SourceIndex index = SourceIndex.of(root, "");

        assertThat(index.find(frame("shop.build.Cart", null))).isPresent();
        assertThat(index.find(frame("shop.Cart", null))).isEmpty();
    }

    @Test
    void shouldReadModuleAndProxyNames() throws IOException {
        write("src/main/java/shop/Cart.java");
        SourceIndex index = SourceIndex.of(root, "");

        assertThat(index.find(frame("app//shop.Cart", null))).isPresent();
        assertThat(index.find(frame("shop.Cart$$EnhancerBySpringCGLIB$$1a2b", null)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "src.cart, cart.py, src/cart.py",
        "cart, cart.py, src/cart.py",
        "src.billing, __init__.py, src/billing/__init__.py",
        "lib/cart, cart.js, lib/cart.js",
        "lib/tax, tax.ts, lib/tax.ts",
        "server/cart, cart.go, server/cart.go"
    })
    void shouldFindFilesOfOtherLanguagesByTheirNameAndFolders(String module, String file, String path)
            throws IOException {
        write("src/cart.py");
        write("tests/cart.py");
        write("src/billing/__init__.py");
        write("src/shipping/__init__.py");
        write("lib/cart.js");
        write("web/cart.js");
        write("lib/tax.ts");
        write("server/cart.go");
        write("node_modules/lib/cart.js");

        assertThat(SourceIndex.of(root, "").find(frame(module, file))).contains(path);
    }

    @Test
    void shouldFindNoneOfSeveralFilesThatNothingTellsApart() throws IOException {
        write("lib/cart.js");
        write("web/cart.js");

        assertThat(SourceIndex.of(root, "").find(frame("<unknown>", "cart.js"))).isEmpty();
    }

    @Test
    void shouldFindAPythonTestByItsModule() throws IOException {
        write("tests/test_cart.py");

        assertThat(SourceIndex.of(root, "").find(frame("tests.test_cart", null)))
                .contains("tests/test_cart.py");
    }

    @Test
    void shouldNotTakeANameOfAnotherLanguageForOneOfJava() throws IOException {
        write("src/main/java/shop/Cart.java");

        assertThat(SourceIndex.of(root, "").find(frame("shop.Cart", "Cart.py"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/test/java/a/A.java",
                "m/src/integration/java/A.java",
                "tests/A.java",
                "src/test_cart.py",
                "lib/cart.test.js",
                "cart_test.go",
                "src/__tests__/cart.js"
            })
    void shouldKnowTestSources(String path) {
        assertThat(SourceIndex.isTestSource(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/java/a/test/A.java",
                "m/src/main/java/A.java",
                "src/a/A.java",
                "src/contest.py",
                "lib/latest.js"
            })
    void shouldKnowMainSources(String path) {
        assertThat(SourceIndex.isTestSource(path)).isFalse();
    }

    private static StackFrame frame(String module, String file) {
        return StackFrame.newBuilder()
                .setModule(module)
                .setFunction("run")
                .setFile(file)
                .build();
    }

    private void write(String path) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), "class Cart {}");
    }
}
