package dev.selfheal.standalone.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.selfheal.attestation.CheckJson;
import dev.selfheal.attestation.ValidationStatement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@linkplain HealingReport result} repeats of the statement that it carries. The result itself is not signed: whoever
 * reads it must be able to rely on these fields once the statement is verified.
 */
public final class SignedFields {

    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> {
        boolean numbers = one.isNumber() && other.isNumber();
        boolean same = numbers ? one.asDouble() == other.asDouble() : one.equals(other);
        return same ? 0 : 1;
    };

    private SignedFields() {}

    /**
     * The first field of the result that says something else than the statement, in words; empty when none does. Fields that
     * the result does not have are not asked for.
     */
    public static Optional<String> contradiction(JsonNode report, ValidationStatement statement) {
        for (Map.Entry<String, JsonNode> signed : signed(report, statement).entrySet()) {
            JsonNode said = report.at(signed.getKey());
            if (!said.isMissingNode() && !same(said, signed.getValue())) {
                return Optional.of(signed.getKey().substring(1).replace('/', '.') + " is attested as "
                        + shown(signed.getValue()) + ", the file says " + shown(said));
            }
        }
        return Optional.empty();
    }

    /** JSON pointers into the result, and what is signed. */
    private static Map<String, JsonNode> signed(JsonNode report, ValidationStatement statement) {
        JsonNode predicate = statement.predicate();
        Map<String, JsonNode> signed = new LinkedHashMap<>();
        signed.put("/service", predicate.path("service"));
        signed.put("/case", predicate.path("caseId"));
        signed.put("/group", predicate.path("group"));
        signed.put("/confidence", predicate.path("confidence"));
        signed.put("/diffSha256", JsonNodeFactory.instance.textNode(statement.patchSha256()));
        signed.put("/originName", predicate.at("/origin/name"));
        signed.put(
                "/origin",
                predicate.at("/origin/kind").isTextual()
                        ? JsonNodeFactory.instance.textNode(
                                predicate.at("/origin/kind").asText().toLowerCase(Locale.ROOT))
                        : JsonNodeFactory.instance.missingNode());
        signed.put("/checks", checks(predicate));
        report.path("evidence")
                .fieldNames()
                .forEachRemaining(name -> signed.put(
                        "/evidence/" + name,
                        name.equals("isolation")
                                ? predicate.path(name)
                                : predicate.path("evidence").path(name)));
        // A case that ends without a patch has a reason of its own.
        if (report.path("verdict").asText().equals(statement.verdict())) {
            signed.put("/reason", predicate.path("reason"));
        }
        return signed;
    }

    private static JsonNode checks(JsonNode predicate) {
        ArrayNode checks = JsonNodeFactory.instance.arrayNode();
        CheckJson.read(predicate.path("checks")).forEach(check -> HealingReport.check(checks.addObject(), check));
        return checks;
    }

    private static boolean same(JsonNode said, JsonNode signed) {
        boolean nothingSigned = signed.isMissingNode() || signed.isNull();
        if (said.isNull() || nothingSigned) {
            return said.isNull() && nothingSigned;
        }
        return said.equals(BY_VALUE, signed);
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
