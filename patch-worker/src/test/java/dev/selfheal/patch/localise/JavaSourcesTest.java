package dev.selfheal.patch.localise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaSourcesTest {

    private static final int TOO_DEEP = 20_000;

    @TempDir
    private Path root;

    @Test
    void shouldTakeAFileNestedTooDeeplyAsUnparsable() throws Exception {
        String nested = "(".repeat(TOO_DEEP) + "1" + ")".repeat(TOO_DEEP);
        Files.writeString(root.resolve("Deep.java"), "class Deep { int x = " + nested + "; }");

        assertThat(new JavaSources(root).get("Deep.java")).isEmpty();
    }
}
