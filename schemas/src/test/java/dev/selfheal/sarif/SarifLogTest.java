package dev.selfheal.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SarifLogTest {

    private static final Finding PROCESS =
            new Finding("SH-RISK-PROCESS", FindingLevel.ERROR, "starts a process", "src/A B.java", 7, 78, "f00d");

    @Test
    void shouldSayWhatWasFoundWhereAndHowBad() {
        JsonNode result = run(PROCESS).at("/results/0");
        assertThat(result.path("ruleId").asText()).isEqualTo("SH-RISK-PROCESS");
        assertThat(result.path("level").asText()).isEqualTo("error");
        assertThat(result.at("/message/text").asText()).isEqualTo("starts a process");
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("src/A%20B.java");
        assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(7);
        assertThat(result.at("/properties/check").asText()).isEqualTo("risk");
    }

    @Test
    void shouldNameTheWeaknessOnceAndPointAtIt() {
        JsonNode run = run(PROCESS, PROCESS);
        assertThat(run.at("/taxonomies/0/taxa")).hasSize(1);
        assertThat(run.at("/taxonomies/0/taxa/0/id").asText()).isEqualTo("78");
        assertThat(run.at("/results/1/taxa/0/id").asText()).isEqualTo("78");
        assertThat(run.at("/results/1/taxa/0/toolComponent/index").asInt()).isZero();
        assertThat(run.at("/tool/driver/rules/0/properties/tags/1").asText()).isEqualTo("external/cwe/cwe-078");
    }

    @Test
    void shouldHoldEachRuleOnceAndIndexItFromItsResults() {
        Finding other = new Finding("SH-TESTS-NONE", FindingLevel.NOTE, "no test", null, 0, 0, "");
        JsonNode run = run(PROCESS, other, PROCESS);
        JsonNode rules = run.at("/tool/driver/rules");
        assertThat(rules)
                .hasSize(2)
                .allSatisfy(rule -> assertThat(texts(
                                JsonNodeFactory.instance
                                        .arrayNode()
                                        .add(rule.path("shortDescription"))
                                        .add(rule.path("fullDescription"))
                                        .add(rule.path("help")),
                                "/text"))
                        .doesNotContain(""));
        assertThat(run.path("results"))
                .hasSize(3)
                .allSatisfy(
                        result -> assertThat(rules.path(result.path("ruleIndex").asInt())
                                        .path("id")
                                        .asText())
                                .isEqualTo(result.path("ruleId").asText()));
    }

    @Test
    void shouldTellRepeatedFindingsApartByTheirNumber() {
        JsonNode run = run(PROCESS, PROCESS);
        assertThat(texts(run.path("results"), "/partialFingerprints/selfhealFinding~1v1"))
                .containsExactly("f00d:1", "f00d:2");
    }

    @Test
    void shouldPutAFindingAboutNoFileAtTheFirstFileOfThePatch() {
        JsonNode place = run(new Finding("SH-X", FindingLevel.WARNING, "all of it", null, 0, 0, ""))
                .at("/results/0/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("src/A.java");
        assertThat(place.at("/region/startLine").asInt()).isEqualTo(1);
    }

    @Test
    void shouldHaveNoTaxonomyWithoutAWeakness() {
        JsonNode run = run(new Finding("SH-X", FindingLevel.NOTE, "", null, 0, 0, ""));
        assertThat(run.has("taxonomies")).isFalse();
        assertThat(run.at("/tool/driver").has("supportedTaxonomies")).isFalse();
        assertThat(run.at("/results/0/message/text").asText()).isEqualTo("SH-X");
        assertThat(run.at("/results/0").has("partialFingerprints")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd", "//host/a", "https://host/a", "javascript:alert(1)", "a#b?c", "..\\a", "é/%2e"})
    void shouldLinkNowhereOutOfTheTreeWhateverAPathSays(String path) {
        String uri = run(new Finding("SH-X", FindingLevel.ERROR, "m", path, 1, 0, ""))
                .at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
                .asText();
        URI parsed = URI.create(uri);
        assertThat(parsed.isAbsolute()).isFalse();
        assertThat(parsed.getAuthority()).isNull();
        assertThat(parsed.getFragment()).isNull();
        assertThat(parsed.getQuery()).isNull();
        assertThat(parsed.getPath()).endsWith(path);
    }

    @Test
    void shouldSayOfEveryCheckHowItEnded() {
        ObjectNode log =
                SarifLog.of(patch(List.of(new CheckResult("parses", CheckOutcome.SKIPPED, 3L, "off", List.of()))));
        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        JsonNode run = log.at("/runs/0");
        assertThat(run.path("results").isArray()).isTrue();
        assertThat(run.at("/automationDetails/id").asText()).isEqualTo("selfheal/cart/case-1");
        assertThat(run.at("/properties/checks/0/outcome").asText()).isEqualTo("SKIPPED");
        assertThat(run.at("/properties/verdict").asText()).isEqualTo("REJECTED");
    }

    @Test
    void shouldReadChecksOfTheReadModel() {
        ObjectNode verdict = JsonNodeFactory.instance.objectNode();
        verdict.putObject("candidate").putArray("edits").addObject().put("path", "src/A.java");
        verdict.putArray("checks")
                .addObject()
                .put("name", "risk")
                .put("outcome", "LATER")
                .putArray("findings")
                .addObject()
                .put("ruleId", "SH-X")
                .put("level", "WARNING");
        CheckedPatch patch = CheckedPatch.ofReadModel(verdict);
        assertThat(patch.files()).containsExactly("src/A.java");
        assertThat(patch.checks().get(0).getOutcome()).isEqualTo(CheckOutcome.UNKNOWN);
        assertThat(patch.checks().get(0).getFindings().get(0).getLevel()).isEqualTo(FindingLevel.WARNING);
    }

    private static JsonNode run(Finding... findings) {
        return SarifLog.of(patch(List.of(new CheckResult("risk", CheckOutcome.FAILED, 1L, "", List.of(findings)))))
                .at("/runs/0");
    }

    private static CheckedPatch patch(List<CheckResult> checks) {
        return new CheckedPatch("REJECTED", "risky", "cart", "case-1", "c0", List.of("src/A.java"), checks);
    }

    private static List<String> texts(JsonNode array, String pointer) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(node -> node.at(pointer).asText())
                .toList();
    }
}
