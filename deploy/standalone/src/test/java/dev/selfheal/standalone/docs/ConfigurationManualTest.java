package dev.selfheal.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationManualTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path PAGE = ROOT.resolve("docs").resolve("configuration.md");

    /** {@code mvn -pl deploy/standalone -am test -Dtest=ConfigurationManualTest -Dselfheal.docs.write=true} writes it. */
    @Test
    void shouldBeWhatTheManualSays() throws IOException {
        if (Boolean.getBoolean("selfheal.docs.write")) {
            Files.writeString(PAGE, ConfigurationManual.markdown());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/configuration.md is generated; write it again with -Dselfheal.docs.write=true")
                .isEqualTo(ConfigurationManual.markdown());
    }

    @Test
    void shouldNameMainClassesAndFilesThatExist() {
        String page = ConfigurationManual.markdown();
        assertThat(Pattern.compile("`(dev\\.selfheal\\.[A-Za-z.]+Main)`")
                        .matcher(page)
                        .results())
                .hasSize(4)
                .allSatisfy(match -> assertThat(Class.forName(match.group(1))).hasDeclaredMethods("main"));
        assertThat(Pattern.compile("]\\(\\.\\./([^)]+\\.properties)\\)")
                        .matcher(page)
                        .results())
                .hasSize(4)
                .allSatisfy(match -> assertThat(ROOT.resolve(match.group(1))).isRegularFile());
    }
}
