package dev.selfheal.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.event.CheckOutcome;
import dev.selfheal.event.CheckResult;
import dev.selfheal.event.Finding;
import dev.selfheal.event.FindingLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks in JSON, with the field names of their records; what is empty or unknown is left out of a finding. */
public final class CheckJson {

    private CheckJson() {}

    static ObjectNode of(CheckResult check) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", check.getName());
        node.put("outcome", check.getOutcome().name());
        node.put("durationMs", check.getDurationMs());
        node.put("summary", check.getSummary());
        ArrayNode findings = node.putArray("findings");
        check.getFindings().forEach(finding -> findings.add(of(finding)));
        return node;
    }

    private static ObjectNode of(Finding finding) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("ruleId", finding.getRuleId());
        node.put("level", finding.getLevel().name());
        node.put("message", finding.getMessage());
        finding.getPath().ifPresent(path -> node.put("path", path));
        if (finding.getLine() > 0) {
            node.put("line", finding.getLine());
        }
        if (finding.getCwe() > 0) {
            node.put("cwe", finding.getCwe());
        }
        if (!finding.getFingerprint().isEmpty()) {
            node.put("fingerprint", finding.getFingerprint());
        }
        return node;
    }

    /** Reads what {@link StatementWriter} and the read model write; an outcome or level of a later version is the mildest. */
    public static List<CheckResult> read(JsonNode checks) {
        List<CheckResult> results = new ArrayList<>();
        checks.forEach(check -> results.add(new CheckResult(
                check.path("name").asText(),
                known(CheckOutcome.values(), check.path("outcome"), CheckOutcome.UNKNOWN),
                check.path("durationMs").asLong(),
                check.path("summary").asText(),
                findings(check.path("findings")))));
        return results;
    }

    private static List<Finding> findings(JsonNode findings) {
        List<Finding> results = new ArrayList<>();
        findings.forEach(finding -> results.add(new Finding(
                finding.path("ruleId").asText(),
                known(FindingLevel.values(), finding.path("level"), FindingLevel.NOTE),
                finding.path("message").asText(),
                finding.hasNonNull("path") ? finding.path("path").asText() : null,
                finding.path("line").asInt(),
                finding.path("cwe").asInt(),
                finding.path("fingerprint").asText())));
        return results;
    }

    private static <E extends Enum<E>> E known(E[] values, JsonNode name, E otherwise) {
        return Arrays.stream(values)
                .filter(value -> value.name().equals(name.asText()))
                .findFirst()
                .orElse(otherwise);
    }
}
