package dev.selfheal.sarif;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Finding;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * A SARIF 2.1.0 log with one run: the checks of one patch. Each finding is a result of the level it has for us; the checks
 * themselves, with outcome, time and summary, stand in the run's properties. Not thread-safe; used for one log.
 */
public final class SarifLog {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    /** Names our fingerprints and their algorithm among those of others. */
    private static final String FINGERPRINT = "selfhealFinding/v1";

    private static final String SOURCE_ROOT = "%SRCROOT%";

    private final CheckedPatch patch;
    private final Map<String, Integer> ruleIndexes = new LinkedHashMap<>();
    private final Map<String, Integer> repetitions = new HashMap<>();
    private final ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode results = JsonNodeFactory.instance.arrayNode();
    private final TreeSet<Integer> weaknesses = new TreeSet<>();

    private SarifLog(CheckedPatch patch) {
        this.patch = patch;
    }

    public static ObjectNode of(CheckedPatch patch) {
        return new SarifLog(patch).write();
    }

    private ObjectNode write() {
        patch.checks().forEach(check -> check.getFindings().forEach(finding -> result(check, finding)));
        ObjectNode log = JsonNodeFactory.instance.objectNode();
        log.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        tool(run.putObject("tool").putObject("driver"));
        run.putObject("automationDetails")
                .put("id", "selfheal/" + patch.service() + "/" + patch.caseId())
                .putObject("description")
                .put("text", patch.verdict() + ": " + patch.reason());
        run.put("columnKind", "utf16CodeUnits");
        taxonomies(run);
        run.set("results", results);
        properties(run.putObject("properties"));
        return log;
    }

    private void tool(ObjectNode driver) {
        driver.put("name", "Selfheal");
        driver.put("organization", "Selfheal");
        driver.set("rules", rules);
        if (!weaknesses.isEmpty()) {
            driver.putArray("supportedTaxonomies")
                    .addObject()
                    .put("name", "CWE")
                    .put("index", 0);
        }
    }

    private void taxonomies(ObjectNode run) {
        if (weaknesses.isEmpty()) {
            return;
        }
        ObjectNode cwe = run.putArray("taxonomies").addObject();
        cwe.put("name", "CWE").put("organization", "MITRE").put("informationUri", "https://cwe.mitre.org/");
        text(cwe, "shortDescription", "The MITRE Common Weakness Enumeration");
        cwe.put("isComprehensive", false);
        ArrayNode taxa = cwe.putArray("taxa");
        weaknesses.forEach(number -> taxa.addObject()
                .put("id", String.valueOf(number))
                .put("helpUri", "https://cwe.mitre.org/data/definitions/" + number + ".html"));
    }

    private void properties(ObjectNode properties) {
        properties.put("verdict", patch.verdict());
        properties.put("reason", patch.reason());
        properties.put("service", patch.service());
        properties.put("caseId", patch.caseId());
        properties.put("baseCommit", patch.baseCommit());
        ArrayNode checks = properties.putArray("checks");
        patch.checks()
                .forEach(check -> checks.addObject()
                        .put("name", check.getName())
                        .put("outcome", check.getOutcome().name())
                        .put("durationMs", check.getDurationMs())
                        .put("summary", check.getSummary()));
    }

    private void result(CheckResult check, Finding finding) {
        ObjectNode result = results.addObject();
        result.put("ruleId", finding.getRuleId());
        result.put("ruleIndex", ruleIndex(check, finding));
        result.put("level", finding.getLevel().name().toLowerCase(Locale.ROOT));
        text(result, "message", finding.getMessage().isEmpty() ? finding.getRuleId() : finding.getMessage());
        location(result, finding);
        if (!finding.getFingerprint().isEmpty()) {
            result.putObject("partialFingerprints").put(FINGERPRINT, numbered(finding.getFingerprint()));
        }
        if (finding.getCwe() > 0) {
            weaknesses.add(finding.getCwe());
            weakness(result.putArray("taxa").addObject(), finding.getCwe());
        }
        result.putObject("properties").put("check", check.getName());
    }

    /** Readers such as code scanning ask for a place: what is about the patch as a whole stands at its first file. */
    private void location(ObjectNode result, Finding finding) {
        ArrayNode locations = result.putArray("locations");
        finding.getPath().or(() -> patch.files().stream().findFirst()).ifPresent(path -> {
            ObjectNode place = locations.addObject().putObject("physicalLocation");
            place.putObject("artifactLocation").put("uri", relativeUri(path)).put("uriBaseId", SOURCE_ROOT);
            place.putObject("region").put("startLine", Math.max(1, finding.getLine()));
        });
    }

    /** As CodeQL does: the n-th of the same fingerprint is another finding than the first. */
    private String numbered(String fingerprint) {
        return fingerprint + ":" + repetitions.merge(fingerprint, 1, Integer::sum);
    }

    private int ruleIndex(CheckResult check, Finding finding) {
        return ruleIndexes.computeIfAbsent(finding.getRuleId(), id -> {
            ObjectNode rule = rules.addObject().put("id", id);
            text(rule, "shortDescription", id + ", found by the check '" + check.getName() + "'");
            text(
                    rule,
                    "fullDescription",
                    "Something that the patch brings in, or that its proof lacks. The id is stable.");
            text(rule, "help", help(id));
            if (finding.getCwe() > 0) {
                ObjectNode relationship = rule.putArray("relationships").addObject();
                weakness(relationship.putObject("target"), finding.getCwe());
                relationship.putArray("kinds").add("relevant");
                ArrayNode tags = rule.putObject("properties").putArray("tags");
                tags.add("security").add(String.format(Locale.ROOT, "external/cwe/cwe-%03d", finding.getCwe()));
            }
            return ruleIndexes.size();
        });
    }

    private static String help(String ruleId) {
        if (ruleId.startsWith("SH-")) {
            return "See docs/risk-rules.md and docs/checks.md of Selfheal.";
        }
        return "A rule of the analyser that its id begins with; see that analyser's manual.";
    }

    private static void weakness(ObjectNode reference, int number) {
        reference
                .put("id", String.valueOf(number))
                .putObject("toolComponent")
                .put("name", "CWE")
                .put("index", 0);
    }

    private static void text(ObjectNode node, String field, String text) {
        node.putObject(field).put("text", text);
    }

    /** Never with a scheme or a host, whatever a proposal calls its files. */
    private static String relativeUri(String path) {
        boolean isPlain = !path.startsWith("/") && path.indexOf(':') < 0;
        try {
            return new URI(null, null, isPlain ? path : "./" + path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + path + "' is no path", e);
        }
    }
}
