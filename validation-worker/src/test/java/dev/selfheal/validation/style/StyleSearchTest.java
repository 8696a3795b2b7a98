package dev.selfheal.validation.style;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.validation.baseline.Baseline;
import dev.selfheal.validation.check.Trials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StyleSearchTest {

    private static final String RULES = "<module name=\"Checker\"><module name=\"TreeWalker\"/></module>";

    @TempDir
    private Path temp;

    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        root = temp.resolve("tree");
        Files.createDirectories(root.resolve("target/classes"));
        Files.createDirectories(root.resolve("target/test-classes"));
        Files.createDirectories(root.resolve("shop"));
    }

    @ParameterizedTest
    @CsvSource({
        "build/rules.xml, build/rules.xml",
        "${project.basedir}/build/rules.xml, build/rules.xml",
        "${basedir}/build/rules.xml, build/rules.xml",
        "${maven.multiModuleProjectDirectory}/build/rules.xml, build/rules.xml",
        "shop/../build/rules.xml, build/rules.xml"
    })
    void shouldTakeTheRulesThatThePomNames(String location, String path) throws IOException {
        write("build/rules.xml", RULES);
        write("checkstyle.xml", "<nonsense/>");
        write("pom.xml", pom(location));
        assertThat(search("shop")).isEqualTo(new ProjectStyle.Rules(path, RULES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/rules.xml",
                "google_checks.xml",
                "${rules}/rules.xml",
                "../outside.xml",
                "/etc/passwd",
                "linked.xml"
            })
    void shouldRefuseRulesThatAreNoFileOfTheTree(String location) throws IOException {
        Path outside = Files.writeString(temp.resolve("outside.xml"), RULES);
        Files.createSymbolicLink(root.resolve("linked.xml"), outside);
        write("pom.xml", pom(location));
        assertThat(search("shop")).isInstanceOf(ProjectStyle.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkstyle.xml", "config/checkstyle/checkstyle.xml", "shop/checkstyle.xml"})
    void shouldLookInTheUsualPlaces(String path) throws IOException {
        write(path, RULES);
        assertThat(search("shop")).isEqualTo(new ProjectStyle.Rules(path, RULES));
    }

    @Test
    void shouldNameTheFormatterOfAProjectWithoutRules() throws IOException {
        write("build.gradle", "plugins { id 'com.diffplug.spotless' version '7.0.0' }");
        assertThat(search("shop")).isEqualTo(new ProjectStyle.Absent("Spotless"));
    }

    @Test
    void shouldFindNothingWhereNothingIs() throws IOException {
        assertThat(search("shop")).isEqualTo(new ProjectStyle.Absent(""));
    }

    private ProjectStyle search(String module) throws IOException {
        Baseline baseline = Trials.baseline(root);
        return new StyleSearch(baseline).of(root.resolve(module));
    }

    private static String pom(String location) {
        return "<project><build><plugins><plugin><artifactId>maven-checkstyle-plugin</artifactId><configuration>"
                + "<configLocation>" + location
                + "</configLocation></configuration></plugin></plugins></build></project>";
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
