package dev.selfheal.validation.risk;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import dev.selfheal.event.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One folder per rule; {@code triggers-*.java} must raise it and {@code quiet-*.java} must not. A fixture holds the file before
 * and after the patch, parted by a line {@code //// after}.
 */
class RiskFixturesTest {

    private static final Path ROOT = Path.of("src", "test", "resources", "risk");
    private static final String SEPARATOR = "//// after\n";

    @ParameterizedTest
    @MethodSource("triggers")
    void shouldRaiseTheRuleWhenThePatchBreaksIt(Path fixture) throws IOException {
        assertThat(found(fixture)).contains(ruleOf(fixture));
    }

    @ParameterizedTest
    @MethodSource("quiet")
    void shouldStayQuietWhenThePatchDoesNotBreakTheRule(Path fixture) throws IOException {
        assertThat(found(fixture)).doesNotContain(ruleOf(fixture));
    }

    @Test
    void shouldHaveFixturesOfBothKindsForEveryRule() throws IOException {
        assertThat(rulesOf(triggers())).isEqualTo(RiskReference.rules().keySet());
        assertThat(rulesOf(quiet())).isEqualTo(RiskReference.rules().keySet());
    }

    private static Stream<Path> triggers() throws IOException {
        return fixtures("triggers-");
    }

    private static Stream<Path> quiet() throws IOException {
        return fixtures("quiet-");
    }

    private static Stream<Path> fixtures(String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList().stream();
        }
    }

    private static Set<String> rulesOf(Stream<Path> fixtures) {
        return fixtures.map(RiskFixturesTest::ruleOf).collect(Collectors.toSet());
    }

    private static String ruleOf(Path fixture) {
        return fixture.getParent().getFileName().toString();
    }

    private static List<String> found(Path fixture) throws IOException {
        String[] sides = Files.readString(fixture).split(SEPARATOR, -1);
        assertThat(sides).as("before and after").hasSize(2);
        return new RiskDelta(name -> false)
                        .of(
                                Optional.of(parse(sides[0])),
                                parse(sides[1]),
                                sides[0].lines().toList(),
                                sides[1].lines().toList(),
                                "A.java")
                        .stream()
                        .map(Finding::getRuleId)
                        .toList();
    }

    private static CompilationUnit parse(String text) {
        ParserConfiguration configuration = new ParserConfiguration()
                .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17)
                .setPreprocessUnicodeEscapes(true);
        ParseResult<CompilationUnit> result = new JavaParser(configuration).parse(text);
        return result.getResult().orElseThrow(() -> new AssertionError(result.getProblems()));
    }
}
