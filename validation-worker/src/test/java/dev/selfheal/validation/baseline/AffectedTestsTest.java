package dev.selfheal.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AffectedTestsTest {

    @TempDir
    private Path temp;

    private Baseline.Indexes indexes;

    @BeforeEach
    void compile() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        sources.put("junit/framework/TestCase.java", "package junit.framework; public class TestCase { }");
        main(sources, "Tax", "");
        main(sources, "Cart", "Tax tax;");
        main(sources, "Shop", "Cart cart;");
        main(sources, "Unrelated", "");
        test(sources, "TaxTest", "");
        test(sources, "RatesCheck", "Tax tax;");
        test(sources, "CartTest", "Cart cart;");
        test(sources, "ShopTest", "Shop shop;");
        test(sources, "UnrelatedTest", "Unrelated unrelated;");
        sources.put("p/Fixture.java", "package p; class Fixture { Tax tax; }");
        test(sources, "ThroughFixtureTest", "Fixture fixture;");
        sources.put(
                "p/AbstractTaxTest.java",
                "package p; abstract class AbstractTaxTest extends junit.framework.TestCase { Tax t; }");
        Map<String, byte[]> classes = CompiledSources.compile(sources, temp.resolve("scratch"));
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            boolean main = Set.of("p.Tax", "p.Cart", "p.Shop", "p.Unrelated").contains(each.getKey());
            Path file =
                    temp.resolve(main ? "main" : "test").resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        Files.delete(temp.resolve("test/junit/framework/TestCase.class"));
        indexes = new Baseline.Indexes(ClassIndex.read(temp.resolve("main")), ClassIndex.read(temp.resolve("test")));
    }

    @Test
    void shouldRankNamesakesThenDirectThenIndirectTests() {
        AffectedTests.Selection selection = new AffectedTests(10).select(indexes, Set.of("p.Tax"));
        assertThat(selection.classes())
                .startsWith("p.TaxTest", "p.RatesCheck", "p.ThroughFixtureTest")
                .endsWith("p.CartTest");
    }

    @Test
    void shouldLeaveOutWhatIsUnrelatedTooFarOrNoTest() {
        assertThat(new AffectedTests(10).select(indexes, Set.of("p.Tax")).classes())
                .doesNotContain("p.UnrelatedTest", "p.ShopTest", "p.Fixture", "p.AbstractTaxTest");
    }

    @Test
    void shouldKeepTheMostRelatedWhenThereAreTooMany() {
        AffectedTests.Selection selection = new AffectedTests(1).select(indexes, Set.of("p.Tax"));
        assertThat(selection.classes()).containsExactly("p.TaxTest");
        assertThat(selection.found()).isEqualTo(4);
    }

    @Test
    void shouldLeaveOutATestThatMentionsTheClassAndWasSeenNotToLoadIt() {
        assertThat(select(Map.of("p.RatesCheck", Set.of("p.Unrelated"))))
                .contains("p.TaxTest", "p.ThroughFixtureTest", "p.CartTest")
                .doesNotContain("p.RatesCheck");
    }

    @Test
    void shouldTakeATestThatWasSeenToLoadTheClassHoweverFarAwayTheNarrowestFirst() {
        assertThat(select(
                        Map.of("p.ShopTest", Set.of("p.Tax", "p.Shop", "p.Cart"), "p.UnrelatedTest", Set.of("p.Tax"))))
                .containsSubsequence("p.TaxTest", "p.CartTest", "p.UnrelatedTest", "p.ShopTest");
    }

    @Test
    void shouldTakeANamesakeWhateverItWasSeenToLoad() {
        assertThat(select(Map.of("p.TaxTest", Set.of()))).startsWith("p.TaxTest");
    }

    private List<String> select(Map<String, Set<String>> coverage) {
        return new AffectedTests(10)
                .select(indexes, Set.of("p.Tax"), test -> Optional.ofNullable(coverage.get(test)))
                .classes();
    }

    private static void main(Map<String, String> sources, String name, String body) {
        sources.put("p/" + name + ".java", "package p; class " + name + " { " + body + " }");
    }

    private static void test(Map<String, String> sources, String name, String body) {
        sources.put(
                "p/" + name + ".java",
                "package p; class " + name + " extends junit.framework.TestCase { " + body + " }");
    }
}
