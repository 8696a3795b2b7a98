package dev.selfheal.standalone.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCheckTest {

    @TempDir
    private Path folder;

    private CompileCheck check;

    @BeforeEach
    void setUp() throws IOException {
        write("main/Cart.java", "public class Cart { public int size() { return 0; } }");
        check = new CompileCheck(17, folder.resolve("main"), List.of());
    }

    @Test
    void shouldRefuseNothingWhenAllCompiles() throws Exception {
        Path test = write("test/CartTest.java", "class CartTest { int n = new Cart().size(); }");

        assertThat(check.refused(List.of(test))).isEmpty();
    }

    @Test
    void shouldNameEveryRefusedFileInOneRound() throws Exception {
        Path good = write("test/GoodTest.java", "class GoodTest { int n = new Cart().size(); }");
        Path noSuchImport = write("test/ImportTest.java", "import org.nowhere.Thing; class ImportTest {}");
        Path noSuchMethod = write("test/MethodTest.java", "class MethodTest { int n = new Cart().total(); }");

        assertThat(check.refused(List.of(good, noSuchImport, noSuchMethod)))
                .containsOnlyKeys(noSuchImport, noSuchMethod)
                .hasEntrySatisfying(noSuchMethod, why -> assertThat(why).contains("line 1", "total"));
    }

    @Test
    void shouldWriteNoClassFiles() throws Exception {
        Path test = write("test/CartTest.java", "class CartTest { int n = new Cart().size(); }");

        check.refused(List.of(test));

        try (var files = Files.walk(folder)) {
            assertThat(files.filter(f -> f.toString().endsWith(".class"))).isEmpty();
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
