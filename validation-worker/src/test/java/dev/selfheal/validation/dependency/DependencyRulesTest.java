package dev.selfheal.validation.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.event.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DependencyRulesTest {

    private static final String OSV = """
            {"vulns": [
              {"id": "GHSA-text", "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:text"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.5"}, {"fixed": "1.10.0"}]}]}]},
              {"id": "GHSA-last", "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:last"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"last_affected": "2.0"}, {"introduced": "0"}]}]}]},
              {"id": "GHSA-listed", "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:listed"},
                "versions": ["3.1"]}]},
              {"id": "GHSA-gone", "withdrawn": "2026-01-01T00:00:00Z", "affected": [
                {"package": {"ecosystem": "Maven", "name": "org.example:gone"}, "versions": ["1"]}]},
              {"id": "GHSA-npm", "affected": [{"package": {"ecosystem": "npm", "name": "org.example:npm"},
                "versions": ["1"]}]}
            ]}
            """;

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({
        "text, 1.4.9, false",
        "text, 1.5, true",
        "text, 1.9, true",
        "text, 1.10.0-rc1, true",
        "text, 1.10.0, false",
        "text, 1.10, false",
        "last, 0.1, true",
        "last, 2.0, true",
        "last, 2.0.1, false",
        "listed, 3.1.0, true",
        "listed, 3.2, false",
        "gone, 1, false",
        "npm, 1, false",
        "text, '${elsewhere}', true",
        "text, '[1.10,)', true",
        "text, '', true"
    })
    void shouldCompareVersionsAsMavenDoes(String artifact, String version, boolean vulnerable) throws IOException {
        assertThat(advisories()
                        .against(new Coordinates("org.example", artifact, version))
                        .isEmpty())
                .isNotEqualTo(vulnerable);
    }

    @Test
    void shouldRefuseADependencyThatIsNotListed() {
        DependencyRules rules = new DependencyRules(Set.of("org.example:other"), Advisories.none());
        assertThat(rules.of(Set.of(new Coordinates("org.example", "text", "1.9")), "pom.xml"))
                .extracting(Finding::getRuleId)
                .containsExactly("SH-DEPENDENCY-ADDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.example:text", "org.example:text:1.11"})
    void shouldAcceptADependencyThatIsListedAndClean(String entry) throws IOException {
        DependencyRules rules = new DependencyRules(Set.of(entry), advisories());
        assertThat(rules.of(Set.of(new Coordinates("org.example", "text", "1.11")), "pom.xml"))
                .isEmpty();
    }

    @Test
    void shouldNameTheAdvisoryAgainstAListedDependency() throws IOException {
        DependencyRules rules = new DependencyRules(Set.of("org.example:text"), advisories());
        List<Finding> findings = rules.of(Set.of(new Coordinates("org.example", "text", "1.9")), "pom.xml");
        assertThat(findings).extracting(Finding::getRuleId).containsExactly("SH-DEPENDENCY-VULNERABLE");
        assertThat(findings.get(0).getMessage()).isEqualTo("org.example:text:1.9: GHSA-text");
    }

    @Test
    void shouldFindWhatAPomAddsWithItsPropertiesFilledIn() throws IOException {
        String before =
                pom("<dependency><groupId>a</groupId><artifactId>b</artifactId><version>1</version></dependency>");
        String after = pom("<dependency><groupId>a</groupId><artifactId>b</artifactId><version>1</version></dependency>"
                + "<dependency><groupId>a</groupId><artifactId>c</artifactId><version>${v}</version></dependency>");
        assertThat(PomDependencies.added(before, after)).containsExactly(new Coordinates("a", "c", "2"));
    }

    @Test
    void shouldCountAChangedVersionAndAPluginAsAdded() throws IOException {
        String after =
                "<project><build><plugins><plugin><artifactId>p</artifactId><version>2</version></plugin></plugins>"
                        + "</build></project>";
        assertThat(PomDependencies.added(after.replace(">2<", ">1<"), after))
                .containsExactly(new Coordinates("org.apache.maven.plugins", "p", "2"));
    }

    @Test
    void shouldFindNothingAddedWhereOnlyTheOrderChanged() throws IOException {
        String one = "<dependency><groupId>a</groupId><artifactId>b</artifactId></dependency>";
        String two = "<dependency><groupId>a</groupId><artifactId>c</artifactId></dependency>";
        assertThat(PomDependencies.added(pom(one + two), pom(two + one))).isEmpty();
    }

    @Test
    void shouldRefuseADocumentType() {
        assertThatThrownBy(
                        () -> PomDependencies.of("<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p>&x;</p>"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldRefuseAFileThatHoldsNoAdvisories() throws IOException {
        Path file = Files.writeString(temp.resolve("other.json"), "[{\"name\": \"x\"}]");
        assertThatThrownBy(() -> Advisories.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("OSV");
    }

    private Advisories advisories() throws IOException {
        return Advisories.load(Files.writeString(temp.resolve("osv.json"), OSV));
    }

    private static String pom(String dependencies) {
        return "<project><properties><v>2</v></properties><dependencies>" + dependencies + "</dependencies></project>";
    }
}
